package dev.tiebreak.body;

import static dev.tiebreak.body.ReadRows.assertRefused;
import static dev.tiebreak.body.ReadRows.refused;
import static dev.tiebreak.body.ReadRows.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.tiebreak.problem.FieldError;
import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.problem.ProblemType;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that are too long, too deep, or never end. */
class RowLimitsTest {

  private final ReadRows read = new ReadRows();

  @Test
  void namesTheFieldWhoseTextIsTooLong() {
    String body = "{\"b\":1,\"a\":\"" + "x".repeat(1500) + "\"}";
    assertRefused(
        refused(() -> read.lines(body + "\n[]")),
        ProblemType.INVALID_INPUT,
        "/0/a",
        "row 1 (line 1): has more than 500 characters");
    assertThat(refused(() -> read.lines(body + "\n[]")).errors()).hasSize(2);
    assertRefused(
        refused(() -> read.array("{\"rows\":[{}," + body + "]}")),
        ProblemType.INVALID_INPUT,
        "/rows/1/a",
        "row 2: has more than 500 characters");
  }

  @Test
  void namesOtherLimitsOfTheParser() {
    assertRefused(
        refused(() -> read.lines("{\"a\":" + "[".repeat(200) + "]".repeat(200) + "}")),
        ProblemType.INVALID_INPUT,
        "/0/a",
        "row 1 (line 1): is nested more than 100 deep");
    assertRefused(
        refused(() -> read.lines("{\"a\":1,\"" + "n".repeat(4000) + "\":1}")),
        ProblemType.INVALID_INPUT,
        "/0",
        "row 1 (line 1): has a field name of more than 1000 characters");
    JsonRows longTexts = new JsonRows(new RowLimits(100_000, 50_000));
    assertRefused(
        refused(() ->
            longTexts.readLines(
                stream("{\"a\":" + "1".repeat(4000) + "}"), row -> row.tree().get("a"))),
        ProblemType.INVALID_INPUT,
        "/0/a",
        "row 1 (line 1): has a number of more than 1000 characters");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "[",
        "{\"a\":",
        "1",
        "\"",
        " ",
        "{\"a\":\"\"},",
        "{\"a\":[1,",
        "{\"abcd\":",
        "\u0000",
      })
  void endsALineThatNeverEnds(String repeated) {
    Endless body = new Endless(repeated, 10 * ReadRows.LIMITS.rowBytes());
    assertRefused(
        refused(() -> read.lines(body)),
        ProblemType.INVALID_INPUT,
        "/0",
        "row 1 (line 1): must take at most 5000 bytes");
  }

  @Test
  void passesOverALongLineInTimeThatGrowsWithItAlone() {
    JsonRows large = new JsonRows(new RowLimits(8 * 1024 * 1024, 1000));
    InputStream pieces =
        new FilterInputStream(new Endless("x", 256 * 1024 * 1024)) {
          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            // the length of a network's pieces; what is in them does not matter
            int read = (int) super.skip(Math.min(8192, length));
            return read == 0 ? -1 : read;
          }
        };
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> assertThat(refused(() -> large.readLines(pieces, row -> {}))).isNotNull());
  }

  @Test
  void readsOnAfterALineThatIsTooLong() {
    String tooLong = "{\"a\":\"" + " ".repeat(20_000) + "\"}";
    ProblemException problem = refused(() -> read.lines("{}\n" + tooLong + "\n{}\n[]\n" + tooLong));
    assertThat(problem.errors()).extracting(FieldError::pointer).containsExactly("/1", "/3", "/4");
    assertThat(read.seen).containsExactly("/0{}", "/2{}");
  }

  @Test
  void readsALineOfExactlyTheGreatestLength() {
    String row = "{\"a\":1" + " ".repeat(5000 - 7) + "}";
    assertThat(read.lines(row + "\n" + row)).isEqualTo(2);
    assertThat(refused(() -> read.lines(row + " \n" + row + " ")).errors()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[", "\"x\":1,", "\"", "1", " ", "\"x\":[1,", "\"x\":{\"y\":", "\"x\":\"y\","})
  void endsARowThatNeverEnds(String repeated) {
    InputStream begin = stream("{\"rows\":[{},{\"a\":1,");
    Endless body = new Endless(repeated, 100 * ReadRows.LIMITS.rowBytes());
    ProblemException problem =
        refused(() ->
            read.rows.readArray(
                new SequenceInputStream(begin, body), "rows", row -> row.parser().nextToken()));
    assertThat(problem).isNotNull();
    assertThat(body.given).isLessThan(10 * ReadRows.LIMITS.rowBytes());
  }

  @Test
  void endsAnArrayThatNeverBegins() {
    Endless body = new Endless(" ", 100 * ReadRows.LIMITS.rowBytes());
    assertThat(refused(() -> read.array(body)).type()).isEqualTo(ProblemType.INVALID_INPUT);
    assertThat(body.given).isLessThan(10 * ReadRows.LIMITS.rowBytes());
  }
}
