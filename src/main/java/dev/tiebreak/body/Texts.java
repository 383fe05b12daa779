package dev.tiebreak.body;

import org.jspecify.annotations.Nullable;

/** What a text must be to be stored: Unicode without NUL. */
public final class Texts {

  private Texts() {}

  /**
   * What is wrong with a text.
   *
   * @param least least number of characters (Unicode code points)
   * @param greatest greatest number of characters
   * @return null where nothing is
   */
  public static @Nullable String wrong(String text, int least, int greatest) {
    int length = text.codePointCount(0, text.length());
    if (length < least || length > greatest) {
      return least == 0
          ? "must have at most " + greatest + " characters"
          : "must have " + least + " to " + greatest + " characters";
    }
    if (text.indexOf('\0') >= 0) {
      return "must not contain the character U+0000";
    }
    return text.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF)
        ? "must not contain half of a surrogate pair"
        : null;
  }
}
