package dev.tiebreak.contract.generated;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;

/** Changes of a body's bytes. */
final class TextChanges {

  private static final Charset UTF_32 = Charset.forName("UTF-32");

  private TextChanges() {}

  /** All of them. */
  static List<Change> all() {
    return List.of(
        TextChanges::shortened,
        TextChanges::flipped,
        TextChanges::inserted,
        TextChanges::encoded,
        TextChanges::surrounded,
        TextChanges::replaced);
  }

  private static boolean shortened(Draft draft, Draws draws) {
    byte[] body = draft.body;
    if (body == null || body.length < 2) {
      return false;
    }
    int kept = 1 + draws.below(body.length - 1);
    draft.body = Arrays.copyOf(body, kept);
    // lines may end early and be right
    draft.changed("body of " + kept + " bytes only", draft.operation.bodies().size() == 1);
    return true;
  }

  private static boolean flipped(Draft draft, Draws draws) {
    byte[] body = draft.body;
    if (body == null || body.length == 0) {
      return false;
    }
    int place = draws.below(body.length);
    body[place] ^= (byte) (1 << draws.below(8));
    draft.changed("a bit at " + place + " flipped", false);
    return true;
  }

  private static boolean inserted(Draft draft, Draws draws) {
    byte[] body = draft.body;
    if (body == null) {
      return false;
    }
    int place = draws.below(body.length + 1);
    byte[] inserted =
        draws.of(
            List.of(
                new byte[] {0},
                new byte[] {(byte) 0xFF},
                new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
                new byte[] {(byte) 0xC0, (byte) 0x80},
                draws.bytes(4)));
    byte[] longer = new byte[body.length + inserted.length];
    System.arraycopy(body, 0, longer, 0, place);
    System.arraycopy(inserted, 0, longer, place, inserted.length);
    System.arraycopy(body, place, longer, place + inserted.length, body.length - place);
    draft.body = longer;
    draft.changed("bytes put in at " + place, false);
    return true;
  }

  private static boolean encoded(Draft draft, Draws draws) {
    if (draft.body == null || draft.body.length == 0) {
      return false;
    }
    Charset charset = draws.of(List.of(UTF_16, UTF_16LE, UTF_32));
    draft.body = draft.bodyText().getBytes(charset);
    draft.changed("body in " + charset, true);
    return true;
  }

  private static boolean surrounded(Draft draft, Draws draws) {
    if (draft.body == null || draft.body.length == 0) {
      return false;
    }
    String text = draft.bodyText();
    draft.body(
        draws.of(
            text + " x",
            text + text,
            "x" + text,
            "[" + text,
            text + "]",
            "\uFEFF" + text,
            "/**/" + text,
            text + "\u0000"));
    // two lines are fine where one is, and a mark of the byte order may be
    draft.changed("something before or after the body", false);
    return true;
  }

  private static boolean replaced(Draft draft, Draws draws) {
    if (!draft.operation.takesBody() || draft.body == null) {
      return false;
    }
    draft.body(draws.of(NastyTexts.LITERALS));
    draft.changed("another body", false);
    return true;
  }
}
