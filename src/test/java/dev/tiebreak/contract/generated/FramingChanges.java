package dev.tiebreak.contract.generated;

import java.util.List;

/** Changes of how a request is told from what follows it. */
final class FramingChanges {

  private FramingChanges() {}

  /** All of them. */
  static List<Change> all() {
    return List.of(
        FramingChanges::chunked,
        FramingChanges::slowly,
        FramingChanges::cutOff,
        FramingChanges::contradictory,
        FramingChanges::bodyWhereNoneIs,
        FramingChanges::version);
  }

  private static boolean chunked(Draft draft, Draws draws) {
    if (draft.body == null) {
      return false;
    }
    draft.framing = Draft.Framing.CHUNKED;
    draft.changed("in chunks", false);
    return true;
  }

  private static boolean slowly(Draft draft, Draws draws) {
    if (draft.body == null || !draws.oneIn(4)) {
      return false;
    }
    draft.framing = Draft.Framing.SLOWLY;
    draft.changed("slowly", false);
    return true;
  }

  private static boolean cutOff(Draft draft, Draws draws) {
    if (draft.body == null || !draft.operation.takesBody()) {
      return false;
    }
    draft.framing = draws.of(List.of(Draft.Framing.CUT_OFF, Draft.Framing.CHUNKS_CUT_OFF));
    draft.changed("cut off", true);
    return true;
  }

  private static boolean contradictory(Draft draft, Draws draws) {
    byte[] body = draft.body;
    if (body == null || !draft.operation.takesBody()) {
      return false;
    }
    int length = body.length;
    draft.headers.add(
        draws.of(
            "Content-Length: " + length + "\r\nContent-Length: " + (length + 1),
            "Content-Length: " + length + ", " + (length + 1),
            "Content-Length: -1",
            "Content-Length: +" + length,
            "Content-Length: 0x" + length,
            "Content-Length: 99999999999999999999",
            "Content-Length: ",
            "Transfer-Encoding: nonsense",
            "Transfer-Encoding: chunked, nonsense",
            "Transfer-Encoding: gzip, chunked\r\nContent-Length: " + length,
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"));
    draft.framing = Draft.Framing.AS_IT_IS;
    draft.mangled = true;
    draft.changed("contradictory framing", true);
    return true;
  }

  private static boolean bodyWhereNoneIs(Draft draft, Draws draws) {
    if (draft.operation.takesBody()) {
      return false;
    }
    draft.header("Content-Type", draws.of("application/json", "text/plain"));
    draft.body(draws.of(NastyTexts.LITERALS));
    draft.framing = draws.of(List.of(Draft.Framing.LENGTH, Draft.Framing.CHUNKED));
    draft.changed("a body where none is expected", false);
    return true;
  }

  private static boolean version(Draft draft, Draws draws) {
    draft.version = draws.of("HTTP/1.0", "HTTP/2.0", "HTTP/1.9", "HTTP/0.9", "http/1.1", "X", "");
    draft.mangled = true;
    draft.alone = true;
    draft.changed("version " + draft.version, false);
    return true;
  }
}
