package dev.tiebreak.round;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers as the database keeps them: little-endian float64. */
final class Doubles {

  private Doubles() {}

  static byte[] bytes(double[] values) {
    ByteBuffer buffer =
        ByteBuffer.allocate(Math.multiplyExact(values.length, Double.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    buffer.asDoubleBuffer().put(values);
    return buffer.array();
  }

  static double[] of(byte[] bytes) {
    double[] values = new double[bytes.length / Double.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(values);
    return values;
  }
}
