package dev.tiebreak.candidate;

import dev.tiebreak.Fuzz;

class NdjsonCodecFuzzTest {

  @Fuzz
  void linesAreRightRowsOrRefused(byte[] body) {
    FuzzedUpload.assertRightOrRefused(new NdjsonCodec(), "", body);
  }
}
