package dev.tiebreak.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.tiebreak.problem.FieldError;
import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.problem.ProblemType;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonToken;

class JsonRowsTest {

  private static final RowLimits LIMITS = new RowLimits(5000, 500);

  private final JsonRows rows = new JsonRows(LIMITS);
  private final List<String> seen = new ArrayList<>();

  private long lines(InputStream body) {
    return rows.readLines(body, row -> seen.add(row.pointer() + row.tree()));
  }

  private long lines(String body) {
    return lines(stream(body));
  }

  private long array(String body) {
    return array(stream(body));
  }

  private long array(InputStream body) {
    return rows.readArray(body, "rows", row -> seen.add(row.pointer() + row.tree()));
  }

  private static InputStream stream(String body) {
    return new ByteArrayInputStream(body.getBytes(UTF_8));
  }

  private static ProblemException refused(Runnable reading) {
    return catchThrowableOfType(ProblemException.class, reading::run);
  }

  private static void assertRefused(
      ProblemException problem, ProblemType type, String pointer, String detail) {
    assertThat(problem).isNotNull();
    assertThat(problem.type()).isEqualTo(type);
    assertThat(problem.errors()).contains(new FieldError(pointer, detail));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1}\n{\"a\":2}\n",
        "{\"a\":1}\n{\"a\":2}",
        "{\"a\":1}\r\n{\"a\":2}\r\n",
        "\n\n  {\"a\" : 1}\t\n \r\n\t{\"a\":2} \n\n  ",
        "\uFEFF{\"a\":1}\n{\"a\":2}",
      })
  void readsARowFromEachLineThatIsNotBlank(String body) {
    assertThat(lines(body)).isEqualTo(2);
    assertThat(seen).containsExactly("/0{\"a\":1}", "/1{\"a\":2}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"rows\":[{\"a\":1},{\"a\":2}]}",
        " {\n \"rows\" : [\n{\"a\":1}\n,{\"a\":2} ] }\r\n ",
      })
  void readsTheRowsOfAnArray(String body) {
    assertThat(array(body)).isEqualTo(2);
    assertThat(seen).containsExactly("/rows/0{\"a\":1}", "/rows/1{\"a\":2}");
  }

  @Test
  void readsBodiesWithoutRows() {
    assertThat(lines("")).isZero();
    assertThat(lines("\n \r\n")).isZero();
    assertThat(array("{\"rows\":[]}")).isZero();
    assertThat(seen).isEmpty();
  }

  @Test
  void readsTheSameWhereverTheStreamIsCutIntoReads() {
    String body = "{\"a\":\"é\"}\r\n\n{\"a\":\"" + "x".repeat(400) + "\"}\n{\"b\":[1,{}]}";
    lines(new Trickle(stream(body)));
    lines(body);
    assertThat(seen.subList(0, 3)).isEqualTo(seen.subList(3, 6));
  }

  /** Gives a byte at a time. */
  private static final class Trickle extends InputStream {
    private final InputStream in;

    Trickle(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      return in.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return in.read(bytes, offset, Math.min(1, length));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":}            | is not valid JSON at line 3, column 6",
        "{\"a\":1            | is not valid JSON at line 3, column 7",
        "{\"a\":01}          | is not valid JSON at line 3, column 7",
        "{a:1}               | is not valid JSON at line 3, column 2",
        "{\"a\":1}}          | is not valid JSON at line 3, column 8",
        "{\"a\":1} {\"a\":2} | has more than one value in line 3",
        "{\"a\":1},          | is not valid JSON at line 3, column 8",
        "secret              | is not valid JSON at line 3, column 1",
        "{\"a\":1,\"a\":2}   | has a field twice at line 3, column 12",
        "{\"a\":{\"b\":1,\"b\":2}} | has a field twice at line 3, column 17",
      })
  void saysInWhichLineABodyIsMalformed(String line, String detail) {
    ProblemException problem = refused(() -> lines("\n{\"a\":1}\n" + line + "\n{\"a\":3}\n"));
    assertThat(problem.type()).isEqualTo(ProblemType.MALFORMED_BODY);
    assertThat(problem.errors()).hasSize(1);
    assertThat(problem.errors().getFirst().pointer()).isEqualTo("/1");
    assertThat(problem.errors().getFirst().detail()).isEqualTo(detail);
    assertThat(problem.detail()).doesNotContain("secret");
    assertThat(seen).doesNotContain("/2{\"a\":3}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"rows\":[{\"a\":1},\\n{\"a\":}]}      | /rows/1 | is not valid JSON at line 2, column 6",
        "{\"rows\":[{\"a\":1} {\"a\":2}]}        | /rows/1 | is not valid JSON at line 1, column 18",
        "{\"rows\":[{\"a\":1},]}                 | /rows/1 | is not valid JSON at line 1, column 18",
        "{\"rows\":[{\"a\":1}                    | /rows/1 | is not valid JSON at line 1, column 17",
        "{\"rows\":[{\"a\":1}]                   |         | is not valid JSON at line 1, column 18",
        "{\"rows\":[{\"a\":1}]} x                |         | is not valid JSON at line 1, column 20",
        "{\"rows\":[{\"a\":1}]} {}               |         | goes on after its end",
        "{\"rows\":[],\"rows\":[]}               | /rows   | has a field twice (\"rows\")",
        "[{\"a\":1}]                             |         | is not an object with the field \"rows\"",
        "''                                      |         | is not an object with the field \"rows\"",
        "{\"rows\":[{\"a\":1,\"a\":2}]}          | /rows/0 | has a field twice at line 1, column 21",
      })
  void saysWhereAnArrayIsMalformed(String body, String pointer, String detail) {
    ProblemException problem = refused(() -> array(body.replace("\\n", "\n")));
    assertRefused(problem, ProblemType.MALFORMED_BODY, pointer == null ? "" : pointer, detail);
    assertThat(problem.errors()).hasSize(1);
  }

  @Test
  void refusesAnEnvelopeOfOtherFields() {
    ProblemException unknown = refused(() -> array("{\"responses\":[{}]}"));
    assertThat(unknown.type()).isEqualTo(ProblemType.UNKNOWN_FIELD);
    ProblemException another = refused(() -> array("{\"rows\":[{}],\"x\":1}"));
    assertThat(another.errors().getFirst().pointer()).isEqualTo("/x");
    assertRefused(refused(() -> array("{}")), ProblemType.INVALID_INPUT, "/rows", "is required");
    assertRefused(
        refused(() -> array("{\"rows\":{}}")),
        ProblemType.INVALID_INPUT,
        "/rows",
        "must be an array of rows");
  }

  @Test
  void namesEveryRowThatIsNotAnObject() {
    String detail = "must be an object";
    ProblemException inLines = refused(() -> lines("{}\n[1,[2]]\n\n\"x\"\n{}\nnull\n12\n"));
    assertThat(inLines.errors())
        .containsExactly(
            new FieldError("/1", "row 2 (line 2): " + detail),
            new FieldError("/2", "row 3 (line 4): " + detail),
            new FieldError("/4", "row 5 (line 6): " + detail),
            new FieldError("/5", "row 6 (line 7): " + detail));
    ProblemException inArray = refused(() -> array("{\"rows\":[{},[1,[2]],true]}"));
    assertThat(inArray.errors())
        .containsExactly(
            new FieldError("/rows/1", "row 2: " + detail),
            new FieldError("/rows/2", "row 3: " + detail));
  }

  @Test
  void readsOnAfterAWrongRowAndTellsAHundredAtMost() {
    ProblemException few =
        refused(() ->
            rows.readLines(
                stream("{\"b\":1,\"a\":1}\n".repeat(3)), row -> JsonObject.row(row, Set.of("a"))));
    assertThat(few.type()).isEqualTo(ProblemType.INVALID_INPUT);
    assertThat(few.errors())
        .extracting(FieldError::pointer)
        .containsExactly("/0/b", "/1/b", "/2/b");
    InputStream endless = new Endless("[]\n");
    assertThat(refused(() -> lines(endless)).errors()).hasSize(100);
  }

  @Test
  void skipsWhatAHandlerLeavesUnread() {
    List<String> names = new ArrayList<>();
    RowHandler firstFieldOnly =
        row -> {
          assertThat(row.parser().nextToken()).isEqualTo(JsonToken.PROPERTY_NAME);
          names.add(row.parser().currentName());
        };
    assertThat(rows.readLines(stream("{\"a\":{\"x\":[1]},\"b\":2}\n{\"c\":1}"), firstFieldOnly))
        .isEqualTo(2);
    assertThat(rows.readArray(stream("{\"r\":[{\"d\":[{}]},{\"e\":1}]}"), "r", firstFieldOnly))
        .isEqualTo(2);
    assertThat(names).containsExactly("a", "c", "d", "e");
    ProblemException behind = refused(() -> rows.readLines(stream("{\"a\":1,]"), firstFieldOnly));
    assertThat(behind.type()).isEqualTo(ProblemType.MALFORMED_BODY);
  }

  @Test
  void readsNumbersThatAreNoneSoThatTheirFieldCanBeNamed() {
    List<Double> numbers = new ArrayList<>();
    rows.readLines(
        stream("{\"a\":NaN}\n{\"a\":-Infinity}\n{\"a\":1e999}"),
        row -> numbers.add(row.tree().get("a").doubleValue()));
    assertThat(numbers)
        .containsExactly(Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":1}\n{\"a\":", "{\"a\":1}\n{\"a\":2}", "{\"a\":1}\n", ""})
  void refusesABodyThatIsCutOff(String begin) {
    ProblemException inLines = refused(() -> lines(cutOff(begin)));
    assertThat(inLines.type()).isEqualTo(ProblemType.MALFORMED_BODY);
    assertThat(inLines.detail()).isEqualTo("The body ended before all of it had arrived");
    ProblemException inArray = refused(() -> array(cutOff("{\"rows\":[{\"a\":1}")));
    assertThat(inArray.detail()).isEqualTo("The body ended before all of it had arrived");
  }

  private static InputStream cutOff(String begin) {
    InputStream failing =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new EOFException("the client is gone");
          }
        };
    return new SequenceInputStream(stream(begin), failing);
  }

  @Test
  void namesTheFieldWhoseTextIsTooLong() {
    String body = "{\"b\":1,\"a\":\"" + "x".repeat(1500) + "\"}";
    assertRefused(
        refused(() -> lines(body + "\n[]")),
        ProblemType.INVALID_INPUT,
        "/0/a",
        "row 1 (line 1): has more than 500 characters");
    assertThat(refused(() -> lines(body + "\n[]")).errors()).hasSize(2);
    assertRefused(
        refused(() -> array("{\"rows\":[{}," + body + "]}")),
        ProblemType.INVALID_INPUT,
        "/rows/1/a",
        "row 2: has more than 500 characters");
  }

  @Test
  void namesOtherLimitsOfTheParser() {
    assertRefused(
        refused(() -> lines("{\"a\":" + "[".repeat(200) + "]".repeat(200) + "}")),
        ProblemType.INVALID_INPUT,
        "/0/a",
        "row 1 (line 1): is nested more than 100 deep");
    assertRefused(
        refused(() -> lines("{\"a\":1,\"" + "n".repeat(4000) + "\":1}")),
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
    Endless body = new Endless(repeated, 10 * LIMITS.rowBytes());
    assertRefused(
        refused(() -> lines(body)),
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
    ProblemException problem = refused(() -> lines("{}\n" + tooLong + "\n{}\n[]\n" + tooLong));
    assertThat(problem.errors()).extracting(FieldError::pointer).containsExactly("/1", "/3", "/4");
    assertThat(seen).containsExactly("/0{}", "/2{}");
  }

  @Test
  void readsALineOfExactlyTheGreatestLength() {
    String row = "{\"a\":1" + " ".repeat(5000 - 7) + "}";
    assertThat(lines(row + "\n" + row)).isEqualTo(2);
    assertThat(refused(() -> lines(row + " \n" + row + " ")).errors()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[", "\"x\":1,", "\"", "1", " ", "\"x\":[1,", "\"x\":{\"y\":", "\"x\":\"y\","})
  void endsARowThatNeverEnds(String repeated) {
    InputStream begin = stream("{\"rows\":[{},{\"a\":1,");
    Endless body = new Endless(repeated, 100 * LIMITS.rowBytes());
    ProblemException problem =
        refused(() ->
            rows.readArray(
                new SequenceInputStream(begin, body), "rows", row -> row.parser().nextToken()));
    assertThat(problem).isNotNull();
    assertThat(body.given).isLessThan(10 * LIMITS.rowBytes());
  }

  @Test
  void endsAnArrayThatNeverBegins() {
    Endless body = new Endless(" ", 100 * LIMITS.rowBytes());
    assertThat(refused(() -> array(body)).type()).isEqualTo(ProblemType.INVALID_INPUT);
    assertThat(body.given).isLessThan(10 * LIMITS.rowBytes());
  }

  /** The same bytes over and over. */
  private static final class Endless extends InputStream {
    private final byte[] repeated;
    private final long most;
    private long given;

    Endless(String repeated) {
      this(repeated, Long.MAX_VALUE);
    }

    Endless(String repeated, long most) {
      this.repeated = repeated.getBytes(UTF_8);
      this.most = most;
    }

    @Override
    public long skip(long count) {
      long skipped = Math.min(count, most - given);
      given += skipped;
      return skipped;
    }

    @Override
    public int read() {
      return given >= most ? -1 : repeated[(int) (given++ % repeated.length)] & 0xff;
    }
  }
}
