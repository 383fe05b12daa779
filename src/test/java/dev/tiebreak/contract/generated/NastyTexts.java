package dev.tiebreak.contract.generated;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Texts and JSON literals that services stumble over. */
final class NastyTexts {

  /** In values only: where an answer repeats it, it repeats a value. */
  static final String MARKER = "hush7301";

  /** JSON values as they are written. */
  static final List<String> LITERALS =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "-0",
          "-0.0",
          "1.0",
          "1.5",
          "-1",
          "2147483648",
          "-2147483649",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775809",
          "1e400",
          "-1e400",
          "1e-400",
          "1e999999999",
          "1E+2",
          "9".repeat(400),
          "9".repeat(2000),
          "0." + "3".repeat(2000),
          "NaN",
          "Infinity",
          "-Infinity",
          "0x10",
          "01",
          "+1",
          ".5",
          "1.",
          "\"\"",
          "\" \"",
          "\"\\u0000\"",
          "\"" + MARKER + "\\u0000\"",
          "\"\\ud800\"",
          "\"\\udc00\\ud800\"",
          "\"\u202E" + MARKER + "\u202C\"",
          "\"e\\u0301\"",
          "\"\u212B\uFB01\"",
          "\"\uFEFF" + MARKER + "\"",
          "\"😀👩‍👩‍👧\"",
          "\"\t\"",
          "\"\\x\"",
          "\"%s%n" + MARKER + "${jndi:ldap://127.0.0.1/}\"",
          "\"'; drop table project; --" + MARKER + "\"",
          "\"../../../etc/passwd\"",
          "\"<script>" + MARKER + "</script>\"",
          "'" + MARKER + "'",
          "\"" + MARKER.repeat(40) + "\"",
          "\"" + "x".repeat(21_000) + "\"",
          "[]",
          "{}",
          "[null]",
          "[[]]",
          "[{}]",
          "{\"a\":{\"a\":{}}}",
          "[1,2,3]",
          "[1,]",
          "{\"a\":}",
          "undefined",
          "/* */ 1");

  /** Values of parameters, not yet encoded. */
  static final List<String> PARAMETERS =
      List.of(
          "",
          " ",
          "null",
          MARKER,
          "\u0001",
          "\u007F",
          "\u202E" + MARKER,
          "e\u0301",
          "\uFF15",
          "😀",
          "a\u0000b",
          "..",
          ".",
          "a/b",
          "a\\b",
          "a;b",
          "a,b",
          "a+b",
          "a%b",
          "a\"b",
          "a b",
          "'; drop table project; --" + MARKER,
          "${jndi:ldap://127.0.0.1/" + MARKER + "}",
          "{project}",
          "%00",
          "*",
          "[]",
          MARKER.repeat(26),
          MARKER.repeat(300));

  /** What no parameter that is a whole number may be. */
  static final List<String> NO_INTEGERS =
      List.of(
          "",
          "+5",
          " 5",
          "5 ",
          "٥",
          "\uFF15",
          "0x5",
          "#5",
          "05",
          "-05",
          "5.0",
          "5e0",
          "1_0",
          "1,0",
          "5L",
          "NaN",
          "--5",
          "5\u0000",
          "9223372036854775808",
          "-9223372036854775809",
          "99999999999999999999999",
          "five",
          "null");

  /** What no parameter that is a number may be. */
  static final List<String> NO_NUMBERS =
      List.of(
          "",
          "NaN",
          "Infinity",
          "-Infinity",
          "0x1p3",
          "5f",
          "5d",
          "٥",
          "1_0",
          "1,0",
          " 5",
          "+5",
          "1e400",
          "five");

  private static final List<String> WORDS =
      List.of(
          "AUTO",
          "NONE",
          "accuracy",
          "oneMinusSpearman",
          "logLoss",
          "selectionMillis",
          "fitMillis",
          "bestOf4",
          "picks",
          "ablations",
          "AAAAAAAAAAE");

  private NastyTexts() {}

  /** Texts that match a schema's pattern. */
  static List<String> matching(String pattern) {
    Pattern compiled = Pattern.compile(pattern);
    List<String> matching =
        Stream.concat(WORDS.stream(), Stream.of("a-1"))
            .filter(word -> compiled.matcher(word).find())
            .toList();
    if (matching.isEmpty()) {
      throw new IllegalStateException("no known text matches " + pattern + ": add one to WORDS");
    }
    return matching;
  }
}
