package dev.tiebreak.page;

import org.jspecify.annotations.Nullable;

/** The first line of a Markdown text, as plain words for a card. */
final class FirstLine {

  private static final int LONGEST = 200;

  private FirstLine() {}

  /** Null where there is no text. */
  static @Nullable String of(@Nullable String markdown) {
    if (markdown == null) {
      return null;
    }
    return markdown
        .lines()
        .map(FirstLine::plain)
        .filter(line -> !line.isEmpty())
        .findFirst()
        .map(FirstLine::shortened)
        .orElse(null);
  }

  /** Without the marks of headings, quotations, lists and emphasis, and without links' targets. */
  private static String plain(String line) {
    return line.strip()
        .replaceFirst("^(?:#{1,6}|>|[-*+]|\\d+[.)])\\s+", "")
        .replaceAll("!?\\[([^\\]]*)]\\([^)]*\\)", "$1")
        .replaceAll("[*`]{1,3}([^\\s*`](?:[^*`]*[^\\s*`])?)[*`]{1,3}", "$1")
        .replaceFirst("^(?:[-=*_]{3,}|`{3,}.*)$", "")
        .strip();
  }

  private static String shortened(String line) {
    return line.codePointCount(0, line.length()) <= LONGEST
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST)).stripTrailing() + "…";
  }
}
