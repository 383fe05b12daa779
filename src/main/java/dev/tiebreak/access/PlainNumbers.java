package dev.tiebreak.access;

import java.beans.PropertyEditorSupport;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.InitBinder;

/**
 * Numbers in paths and queries are written as JSON writes them: no plus, spaces, other bases or
 * digits of other scripts, which one reader takes and another does not, and not nothing.
 *
 * <p>These are editors as Spring falls back on its own, lenient ones where a converter refuses.
 */
@ControllerAdvice
class PlainNumbers {

  private static final Pattern INTEGER = Pattern.compile("0|-?[1-9][0-9]*");
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  @InitBinder
  void register(WebDataBinder binder) {
    binder.registerCustomEditor(Integer.class, new Editor(INTEGER, Integer::valueOf));
    binder.registerCustomEditor(Long.class, new Editor(INTEGER, Long::valueOf));
    binder.registerCustomEditor(long.class, new Editor(INTEGER, Long::valueOf));
    binder.registerCustomEditor(Double.class, new Editor(NUMBER, PlainNumbers::finite));
  }

  private static Number finite(String text) {
    double number = Double.parseDouble(text);
    if (Double.isInfinite(number)) {
      throw new NumberFormatException("beyond any double");
    }
    return number;
  }

  private static final class Editor extends PropertyEditorSupport {

    private final Pattern form;
    private final Function<String, Number> reader;

    Editor(Pattern form, Function<String, Number> reader) {
      this.form = form;
      this.reader = reader;
    }

    @Override
    public void setAsText(String text) {
      if (!form.matcher(text).matches()) {
        throw new NumberFormatException("not a plain number");
      }
      setValue(reader.apply(text));
    }
  }
}
