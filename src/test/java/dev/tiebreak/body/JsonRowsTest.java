package dev.tiebreak.body;

import static dev.tiebreak.body.ReadRows.assertRefused;
import static dev.tiebreak.body.ReadRows.refused;
import static dev.tiebreak.body.ReadRows.stream;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.problem.FieldError;
import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.problem.ProblemType;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonToken;

class JsonRowsTest {

  private final ReadRows read = new ReadRows();

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
    assertThat(read.lines(body)).isEqualTo(2);
    assertThat(read.seen).containsExactly("/0{\"a\":1}", "/1{\"a\":2}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"rows\":[{\"a\":1},{\"a\":2}]}",
        " {\n \"rows\" : [\n{\"a\":1}\n,{\"a\":2} ] }\r\n ",
      })
  void readsTheRowsOfAnArray(String body) {
    assertThat(read.array(body)).isEqualTo(2);
    assertThat(read.seen).containsExactly("/rows/0{\"a\":1}", "/rows/1{\"a\":2}");
  }

  @Test
  void readsBodiesWithoutRows() {
    assertThat(read.lines("")).isZero();
    assertThat(read.lines("\n \r\n")).isZero();
    assertThat(read.array("{\"rows\":[]}")).isZero();
    assertThat(read.seen).isEmpty();
  }

  @Test
  void readsTheSameWhereverTheStreamIsCutIntoReads() {
    String body = "{\"a\":\"é\"}\r\n\n{\"a\":\"" + "x".repeat(400) + "\"}\n{\"b\":[1,{}]}";
    read.lines(new Trickle(stream(body)));
    read.lines(body);
    assertThat(read.seen.subList(0, 3)).isEqualTo(read.seen.subList(3, 6));
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
    ProblemException problem = refused(() -> read.lines("\n{\"a\":1}\n" + line + "\n{\"a\":3}\n"));
    assertThat(problem.type()).isEqualTo(ProblemType.MALFORMED_BODY);
    assertThat(problem.errors()).hasSize(1);
    assertThat(problem.errors().getFirst().pointer()).isEqualTo("/1");
    assertThat(problem.errors().getFirst().detail()).isEqualTo(detail);
    assertThat(problem.detail()).doesNotContain("secret");
    assertThat(read.seen).doesNotContain("/2{\"a\":3}");
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
    ProblemException problem = refused(() -> read.array(body.replace("\\n", "\n")));
    assertRefused(problem, ProblemType.MALFORMED_BODY, pointer == null ? "" : pointer, detail);
    assertThat(problem.errors()).hasSize(1);
  }

  @Test
  void refusesAnEnvelopeOfOtherFields() {
    ProblemException unknown = refused(() -> read.array("{\"responses\":[{}]}"));
    assertThat(unknown.type()).isEqualTo(ProblemType.UNKNOWN_FIELD);
    ProblemException another = refused(() -> read.array("{\"rows\":[{}],\"x\":1}"));
    assertThat(another.errors().getFirst().pointer()).isEqualTo("/x");
    assertRefused(
        refused(() -> read.array("{}")), ProblemType.INVALID_INPUT, "/rows", "is required");
    assertRefused(
        refused(() -> read.array("{\"rows\":{}}")),
        ProblemType.INVALID_INPUT,
        "/rows",
        "must be an array of rows");
  }

  @Test
  void namesEveryRowThatIsNotAnObject() {
    String detail = "must be an object";
    ProblemException inLines = refused(() -> read.lines("{}\n[1,[2]]\n\n\"x\"\n{}\nnull\n12\n"));
    assertThat(inLines.errors())
        .containsExactly(
            new FieldError("/1", "row 2 (line 2): " + detail),
            new FieldError("/2", "row 3 (line 4): " + detail),
            new FieldError("/4", "row 5 (line 6): " + detail),
            new FieldError("/5", "row 6 (line 7): " + detail));
    ProblemException inArray = refused(() -> read.array("{\"rows\":[{},[1,[2]],true]}"));
    assertThat(inArray.errors())
        .containsExactly(
            new FieldError("/rows/1", "row 2: " + detail),
            new FieldError("/rows/2", "row 3: " + detail));
  }

  @Test
  void readsOnAfterAWrongRowAndTellsAHundredAtMost() {
    ProblemException few =
        refused(() ->
            read.rows.readLines(
                stream("{\"b\":1,\"a\":1}\n".repeat(3)), row -> JsonObject.row(row, Set.of("a"))));
    assertThat(few.type()).isEqualTo(ProblemType.INVALID_INPUT);
    assertThat(few.errors())
        .extracting(FieldError::pointer)
        .containsExactly("/0/b", "/1/b", "/2/b");
    InputStream endless = new Endless("[]\n");
    assertThat(refused(() -> read.lines(endless)).errors()).hasSize(100);
  }

  @Test
  void skipsWhatAHandlerLeavesUnread() {
    List<String> names = new ArrayList<>();
    RowHandler firstFieldOnly =
        row -> {
          assertThat(row.parser().nextToken()).isEqualTo(JsonToken.PROPERTY_NAME);
          names.add(row.parser().currentName());
        };
    assertThat(
            read.rows.readLines(stream("{\"a\":{\"x\":[1]},\"b\":2}\n{\"c\":1}"), firstFieldOnly))
        .isEqualTo(2);
    assertThat(read.rows.readArray(stream("{\"r\":[{\"d\":[{}]},{\"e\":1}]}"), "r", firstFieldOnly))
        .isEqualTo(2);
    assertThat(names).containsExactly("a", "c", "d", "e");
    ProblemException behind =
        refused(() -> read.rows.readLines(stream("{\"a\":1,]"), firstFieldOnly));
    assertThat(behind.type()).isEqualTo(ProblemType.MALFORMED_BODY);
  }

  @Test
  void readsNumbersThatAreNoneSoThatTheirFieldCanBeNamed() {
    List<Double> numbers = new ArrayList<>();
    read.rows.readLines(
        stream("{\"a\":NaN}\n{\"a\":-Infinity}\n{\"a\":1e999}"),
        row -> numbers.add(row.tree().get("a").doubleValue()));
    assertThat(numbers)
        .containsExactly(Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":1}\n{\"a\":", "{\"a\":1}\n{\"a\":2}", "{\"a\":1}\n", ""})
  void refusesABodyThatIsCutOff(String begin) {
    ProblemException inLines = refused(() -> read.lines(cutOff(begin)));
    assertThat(inLines.type()).isEqualTo(ProblemType.MALFORMED_BODY);
    assertThat(inLines.detail()).isEqualTo("The body ended before all of it had arrived");
    ProblemException inArray = refused(() -> read.array(cutOff("{\"rows\":[{\"a\":1}")));
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
}
