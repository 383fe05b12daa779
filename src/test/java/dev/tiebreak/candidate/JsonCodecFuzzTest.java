package dev.tiebreak.candidate;

import dev.tiebreak.Fuzz;

class JsonCodecFuzzTest {

  @Fuzz
  void anArrayIsOfRightRowsOrRefused(byte[] body) {
    FuzzedUpload.assertRightOrRefused(new JsonCodec(), "/responses", body);
  }
}
