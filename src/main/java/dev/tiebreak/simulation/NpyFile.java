package dev.tiebreak.simulation;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a matrix from NumPy's {@code .npy} format, versions 1 to 3: float16, float32 or float64 of
 * either byte order, C order, two dimensions.
 */
final class NpyFile {

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE =
      Pattern.compile("'shape'\\s*:\\s*\\(\\s*(\\d+)\\s*,\\s*(\\d+)\\s*,?\\s*\\)");
  private static final Pattern TYPES = Pattern.compile("[<>]f[248]");

  /**
   * What the header says.
   *
   * @param width bytes a number
   */
  private record Header(ByteOrder order, int width, int rows, int columns) {}

  private final Path file;

  private NpyFile(Path file) {
    this.file = file;
  }

  /** All rows, as float32. */
  static float[][] read(Path file) {
    return new NpyFile(file).read();
  }

  private float[][] read() {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      Header header = header(in);
      float[][] rows = new float[header.rows()][];
      byte[] bytes = new byte[Math.multiplyExact(header.columns(), header.width())];
      for (int row = 0; row < rows.length; row++) {
        if (in.readNBytes(bytes, 0, bytes.length) < bytes.length) {
          throw bad("ends in row %d of %d".formatted(row, rows.length));
        }
        rows[row] = row(ByteBuffer.wrap(bytes).order(header.order()), header, row);
      }
      if (in.read() != -1) {
        throw bad("is longer than its shape (%d, %d)".formatted(rows.length, header.columns()));
      }
      return rows;
    } catch (NoSuchFileException e) {
      throw new SimulationException(file + " doesn't exist", e);
    } catch (IOException e) {
      throw new SimulationException(file + " can't be read: " + e.getMessage(), e);
    }
  }

  private float[] row(ByteBuffer bytes, Header header, int row) {
    float[] values = new float[header.columns()];
    for (int column = 0; column < values.length; column++) {
      values[column] =
          switch (header.width()) {
            case 2 -> Float.float16ToFloat(bytes.getShort());
            case 4 -> bytes.getFloat();
            default -> (float) bytes.getDouble();
          };
      if (!Float.isFinite(values[column])) {
        throw bad("holds %s in row %d, column %d".formatted(values[column], row, column));
      }
    }
    return values;
  }

  private Header header(DataInputStream in) throws IOException {
    byte[] start = in.readNBytes(MAGIC.length + 2);
    if (start.length < MAGIC.length + 2
        || !Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw bad("is not a .npy file");
    }
    int lengthBytes = start[MAGIC.length] == 1 ? 2 : 4;
    byte[] length = in.readNBytes(lengthBytes);
    if (length.length < lengthBytes) {
      throw bad("ends in its header");
    }
    ByteBuffer buffer = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN);
    int size = lengthBytes == 2 ? Short.toUnsignedInt(buffer.getShort()) : buffer.getInt();
    if (size < 0 || size > 1 << 20) {
      throw bad("has a header of %d bytes".formatted(size));
    }
    return header(new String(in.readNBytes(size), StandardCharsets.UTF_8));
  }

  private Header header(String text) {
    String type = find(TYPE, text, "no descr").group(1);
    if (!TYPES.matcher(type).matches()) {
      throw bad("holds %s; float16, float32 and float64 can be read".formatted(type));
    }
    if (find(ORDER, text, "no fortran_order").group(1).equals("True")) {
      throw bad("is in Fortran order; save numpy.ascontiguousarray of it");
    }
    Matcher shape = find(SHAPE, text, "not two dimensions");
    ByteOrder order = type.charAt(0) == '<' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    return new Header(order, type.charAt(2) - '0', number(shape.group(1)), number(shape.group(2)));
  }

  private int number(String digits) {
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException e) {
      throw bad("is too large: " + digits);
    }
  }

  private Matcher find(Pattern pattern, String text, String missing) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw bad("has %s in its header: %s".formatted(missing, text.strip()));
    }
    return matcher;
  }

  private SimulationException bad(String what) {
    return new SimulationException(file + " " + what);
  }
}
