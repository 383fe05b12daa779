package dev.tiebreak.replay;

import dev.tiebreak.problem.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The panels of a picture: one for each combination of the grid's dimensions that have several
 * values, and of a grid with many combinations only some at a time.
 *
 * @param titles of the panels that are drawn
 * @param first number of the first of them, from 1
 * @param all how many combinations there are
 */
record PanelPage(List<String> titles, int first, int all) {

  /** More can't be read. */
  static final int MOST = 24;

  /**
   * The panels from a number on.
   *
   * @param across the dimension that lies within each panel; null: none
   */
  static PanelPage of(Results results, @Nullable Axis across, int first) {
    List<String> titles =
        results.variants().stream()
            .map(variant -> Axis.title(results.settings(), variant, across))
            .distinct()
            .toList();
    if (first < 1 || first > titles.size()) {
      throw ProblemException.invalid("firstPanel", "must be from 1 to " + titles.size());
    }
    int end = Math.min(titles.size(), first - 1 + MOST);
    return new PanelPage(titles.subList(first - 1, end), first, titles.size());
  }

  /** What a picture says where it does not show all of them; else empty. */
  String note() {
    return titles.size() == all
        ? ""
        : "Panels %d to %d of %d; firstPanel=%d begins with others"
            .formatted(
                first,
                first + titles.size() - 1,
                all,
                first + titles.size() > all ? 1 : first + titles.size());
  }
}
