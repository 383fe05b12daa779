package dev.tiebreak.candidate;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Embeddings as they are stored: little-endian float32. */
final class Float32 {

  private Float32() {}

  /** The numbers of an embedding. */
  static float[] read(byte[] bytes) {
    float[] numbers = new float[bytes.length / Float.BYTES];
    read(bytes, numbers, 0, numbers.length);
    return numbers;
  }

  /** Copies the first numbers of an embedding into an array. */
  static void read(byte[] bytes, float[] into, int offset, int count) {
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(into, offset, count);
  }
}
