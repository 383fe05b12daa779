package dev.tiebreak.candidate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tiebreak.problem.FieldError;
import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.problem.ProblemType;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonUploadTest {

  private static final String IDS = "\"responseId\":\"r\",\"promptId\":\"p\"";

  private static UploadedRow one(String embedding) {
    return UploadedRows.lines(2, "{" + IDS + ",\"embedding\":" + embedding + "}").getFirst();
  }

  private static UploadedRow withMetadata(String metadata) {
    return UploadedRows.lines(1, "{" + IDS + ",\"embedding\":[0],\"metadata\":" + metadata + "}")
        .getFirst();
  }

  private static List<FieldError> errorsOf(String field, String value) {
    return UploadedRows.errors(
        1, "{" + IDS + ",\"embedding\":[0],\"" + field + "\":" + value + "}");
  }

  @Test
  void readsAllFieldsInAnyOrder() {
    String row =
        "{\"embedding\":[1,-2.5e-1],\"metadata\":{\"a\":[1,{\"b\":null}]},\"response\":\"é😀\","
            + "\"promptId\":\"p\",\"prompt\":\"\",\"responseId\":\"r/1\"}";
    for (List<UploadedRow> rows : List.of(UploadedRows.lines(2, row), UploadedRows.array(2, row))) {
      UploadedRow read = rows.getFirst();
      assertThat(read.responseId()).isEqualTo("r/1");
      assertThat(read.promptId()).isEqualTo("p");
      assertThat(read.prompt()).isEmpty();
      assertThat(read.response()).isEqualTo("é😀");
      assertThat(read.metadata()).isEqualTo("{\"a\":[1,{\"b\":null}]}");
      assertThat(read.embedding()).containsExactly(1f, -0.25f);
    }
  }

  @Test
  void takesNullForOmitted() {
    UploadedRow row =
        UploadedRows.lines(
                1,
                "{"
                    + IDS
                    + ",\"prompt\":null,\"response\":null,\"metadata\":null,\"embedding\":[0]}")
            .getFirst();
    assertThat(row.prompt()).isNull();
    assertThat(row.response()).isNull();
    assertThat(row.metadata()).isNull();
  }

  @Test
  void readsNumbersAsTheNearestFloat64ThenFloat32() {
    Random random = new Random(7);
    double[] numbers =
        random.doubles(5000).map(x -> (x - 0.5) * Math.pow(10, random.nextInt(60) - 40)).toArray();
    String array =
        IntStream.range(0, numbers.length)
            .mapToObj(i -> i % 2 == 0 ? "" + numbers[i] : "" + (double) (float) numbers[i])
            .collect(Collectors.joining(","));
    float[] read =
        UploadedRows.lines(numbers.length, "{" + IDS + ",\"embedding\":[" + array + "]}")
            .getFirst()
            .embedding();
    for (int i = 0; i < read.length; i++) {
      assertThat(read[i]).isEqualTo((float) numbers[i]);
    }
  }

  @Test
  void readsExtremeNumbers() {
    assertThat(one("[3.4028235e38,-1e-45]").embedding())
        .containsExactly(Float.MAX_VALUE, -Float.MIN_VALUE);
    assertThat(one("[1e-400,-0.0]").embedding()).containsExactly(0f, -0f);
    assertThat(one("[12345678901234567890, 0." + "1".repeat(900) + "]").embedding())
        .containsExactly(12345678901234567890f, 0.11111111f);
  }

  @Test
  void readsBase64OfLittleEndianFloat32() {
    byte[] bytes =
        ByteBuffer.allocate(8)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putFloat(-0.1f)
            .putFloat(1e30f)
            .array();
    String padded = Base64.getEncoder().encodeToString(bytes);
    String unpadded = Base64.getEncoder().withoutPadding().encodeToString(bytes);
    assertThat(one("\"" + padded + "\"").embedding()).containsExactly(-0.1f, 1e30f);
    assertThat(one("\"" + unpadded + "\"").embedding()).containsExactly(-0.1f, 1e30f);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1]                | must have 2 numbers, but has 1",
        "[]                 | must have 2 numbers, but has 0",
        "[1,2,3,4,5]        | must have 2 numbers, but has 5",
        "[1,NaN]            | must be finite float32 numbers, but number 2 is not",
        "[Infinity,1]       | must be finite float32 numbers, but number 1 is not",
        "[1,-Infinity]      | must be finite float32 numbers, but number 2 is not",
        "[1,1e39]           | must be finite float32 numbers, but number 2 is not",
        "[-3.5e38,1]        | must be finite float32 numbers, but number 1 is not",
        "[1,1e999999999999] | must be finite float32 numbers, but number 2 is not",
        "[1,null]           | must have only numbers",
        "[1,\"2\"]          | must have only numbers",
        "[1,[2]]            | must have only numbers",
        "[1,{\"a\":[2]}]    | must have only numbers",
        "[true,2]           | must have only numbers",
        "null               | is required",
        "1                  | must be an array of numbers, or base64 of little-endian float32",
        "{\"a\":1}          | must be an array of numbers, or base64 of little-endian float32",
        "\"AACAPw==\"       | must have 2 numbers, but has 1",
        "\"\"               | must have 2 numbers, but has 0",
        "\"AAAA\"           | must be base64 of float32, four bytes each, but has 3 bytes",
        "\"AACA Pw==\"      | must be base64 where it is text",
        "\"é\"              | must be base64 where it is text",
        "\"AADAfwAAgD8=\"   | must be finite float32 numbers, but number 1 is not",
        "\"AACAPwAAgP8=\"   | must be finite float32 numbers, but number 2 is not",
      })
  void refusesWrongEmbeddings(String embedding, String detail) {
    String body = "{" + IDS + ",\"embedding\":[1,2]}\n\n{" + IDS + ",\"embedding\":" + embedding;
    assertThat(UploadedRows.errors(2, body + "}"))
        .containsExactly(new FieldError("/1/embedding", "row 2 (line 3): " + detail));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "responseId | \"\"            | must have 1 to 200 characters",
        "responseId | null            | is required",
        "responseId | 7               | must be text",
        "responseId | [\"r\"]         | must be text",
        "promptId   | \"\"            | must have 1 to 200 characters",
        "promptId   | \"\\u0000\"     | must not contain the character U+0000",
        "promptId   | \"a\\ud800\"    | must not contain half of a surrogate pair",
        "prompt     | \"\\udc00a\"    | must not contain half of a surrogate pair",
        "response   | \"\\u0000\"     | must not contain the character U+0000",
        "response   | {\"a\":1}       | must be text",
        "metadata   | []              | must be an object",
        "metadata   | \"{}\"          | must be an object",
        "metadata   | 1               | must be an object",
        "metadata   | {\"a\":NaN}     | has a number out of the range of float64",
        "metadata   | {\"a\":1e400}   | has a number out of the range of float64",
        "metadata   | {\"a\":1e-400}  | has a number out of the range of float64",
        "metadata   | {\"a\":0e9999}  | has a number out of the range of float64",
        "metadata   | {\"a\":1e99999999999} | has a number out of the range of float64",
        "metadata   | {\"a\":\"\\u0000\"}   | has a text that must not contain the character U+0000",
        "other      | [{\"a\":[]}]    | is not a known field",
        "~a/b       | 1               | is not a known field",
      })
  void refusesWrongFields(String field, String value, String detail) {
    String others =
        IDS.replaceAll("\"" + field + "\":\"[a-z]\",?", "").replaceAll(",$", "")
            + ",\"embedding\":[0]";
    assertThat(UploadedRows.errors(1, "{" + others + ",\"" + field + "\":" + value + "}"))
        .containsExactly(
            new FieldError(
                "/0/" + field.replace("~", "~0").replace("/", "~1"), "row 1 (line 1): " + detail));
  }

  @Test
  void countsCharactersAsUnicodeDoes() {
    String longest = "😀".repeat(200);
    assertThat(
            UploadedRows.lines(
                1, "{\"responseId\":\"" + longest + "\",\"promptId\":\"p\",\"embedding\":[0]}"))
        .hasSize(1);
    assertThat(errorsOf("prompt", "\"" + "😀".repeat(200_001) + "\""))
        .containsExactly(
            new FieldError("/0/prompt", "row 1 (line 1): must have at most 200000 characters"));
    assertThat(errorsOf("response", "\"" + "x".repeat(2_000_000) + "\""))
        .containsExactly(
            new FieldError("/0/response", "row 1 (line 1): has more than 1000000 characters"));
  }

  @Test
  void namesWhatARowLacks() {
    assertThat(UploadedRows.errors(1, "{}"))
        .extracting(FieldError::pointer)
        .containsExactly("/0/responseId", "/0/promptId", "/0/embedding");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"responseId\":\"r\",\"responseId\":\"r\"}",
        "{\"embedding\":[0],\"embedding\":null}",
        "{\"metadata\":{\"\\ud800\":1}}",
        "{\"metadata\":{\"a\":1,\"a\":1}}",
        "{\"metadata\":{\"x\":[{\"a\":1},{\"a\":1,\"b\":2,\"a\":3}]}}",
      })
  void refusesFieldsThatComeTwiceOrHaveNoName(String row) {
    assertThat(UploadedRows.refused(1, row).type()).isEqualTo(ProblemType.MALFORMED_BODY);
  }

  @Test
  void keepsMetadataAsItIsUpToSixteenKibibytes() {
    String metadata =
        "{\"s\":\"\\\"\\u00e9\",\"n\":-1.50e3,\"z\":0.00,\"b\":[true,false,null,{}],\"\":[]}";
    assertThat(withMetadata(metadata).metadata())
        .isEqualTo("{\"s\":\"\\\"é\",\"n\":-1.50e3,\"z\":0.00,\"b\":[true,false,null,{}],\"\":[]}");
    String longest = "{\"a\":\"" + "x".repeat(16 * 1024 - 8) + "\"}";
    assertThat(withMetadata(longest.replace(":", " : ")).metadata()).isEqualTo(longest);
    String detail = "row 1 (line 1): must have at most 16384 bytes as compact JSON";
    assertThat(errorsOf("metadata", longest.replace("x\"", "xx\"")))
        .containsExactly(new FieldError("/0/metadata", detail));
    assertThat(errorsOf("metadata", "{\"a\":[" + "0,".repeat(100_000) + "0]}"))
        .containsExactly(new FieldError("/0/metadata", detail));
  }

  @Test
  void namesEveryWrongRowAndHandsNoneOnBehindIt() {
    List<UploadedRow> taken = new ArrayList<>();
    String right = "{" + IDS + ",\"embedding\":[0]}\n";
    String body = right + "{" + IDS + "}\n" + right + "{\"a\":1}\n" + right;
    ProblemException problem =
        catchThrowableOfType(
            ProblemException.class,
            () ->
                new NdjsonCodec()
                    .read(
                        new ByteArrayInputStream(body.getBytes(UTF_8)),
                        new RowIntake(1, taken::add)));
    assertThat(taken).hasSize(1);
    assertThat(problem.type()).isEqualTo(ProblemType.INVALID_INPUT);
    assertThat(problem.errors())
        .extracting(FieldError::pointer)
        .containsExactly("/1/embedding", "/3/a");
  }

  @Test
  void namesRowsOfAnArrayByTheirPlaceInIt() {
    ProblemException problem =
        catchThrowableOfType(
            ProblemException.class,
            () -> UploadedRows.array(1, "{" + IDS + ",\"embedding\":[0]},{" + IDS + "}"));
    assertThat(problem.errors())
        .containsExactly(new FieldError("/responses/1/embedding", "row 2: is required"));
  }

  @Test
  void takesAMillionUnknownFieldsOfARowInStride() {
    StringBuilder row = new StringBuilder("{" + IDS);
    for (int i = 0; i < 500_000; i++) {
      row.append(",\"f").append(i).append("\":0");
    }
    assertThat(UploadedRows.errors(1, row + "}")).hasSize(100);
  }
}
