package dev.tiebreak.simulation;

import dev.tiebreak.simulation.Contract.Row;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** The responses of some prompts as lines of NDJSON, made one at a time as they are sent. */
final class Upload implements Iterable<byte[]> {

  private final DataSet data;
  private final Set<String> prompts;
  private final IntFunction<Map<String, Double>> metadata;
  private final Function<Row, byte[]> writer;

  /**
   * Rows of these prompts.
   *
   * @param writer makes JSON of a row
   */
  Upload(DataSet data, Set<String> prompts, Function<Row, byte[]> writer) {
    this(data, prompts, row -> Map.of(), writer);
  }

  /**
   * Rows of these prompts with numbers beside them.
   *
   * @param metadata of a row
   * @param writer makes JSON of a row
   */
  Upload(
      DataSet data,
      Set<String> prompts,
      IntFunction<Map<String, Double>> metadata,
      Function<Row, byte[]> writer) {
    this.data = data;
    this.prompts = prompts;
    this.metadata = metadata;
    this.writer = writer;
  }

  @Override
  public Iterator<byte[]> iterator() {
    return IntStream.range(0, data.responses().size())
        .filter(row -> prompts.contains(data.responses().get(row).promptId()))
        .mapToObj(this::line)
        .iterator();
  }

  private byte[] line(int row) {
    Response response = data.responses().get(row);
    Map<String, Double> numbers = metadata.apply(row);
    byte[] json =
        writer.apply(
            new Row(
                response.promptId(),
                response.responseId(),
                base64(data.embedding(row)),
                response.prompt(),
                response.text(),
                numbers.isEmpty() ? null : numbers));
    byte[] line = Arrays.copyOf(json, json.length + 1);
    line[json.length] = '\n';
    return line;
  }

  /** Little-endian float32 in base64. */
  static String base64(float[] embedding) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * embedding.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(embedding);
    return Base64.getEncoder().encodeToString(bytes.array());
  }
}
