package dev.tiebreak.candidate;

import dev.tiebreak.body.Texts;
import org.jspecify.annotations.Nullable;

/** What holds for an uploaded row whatever its format. */
final class RowCheck {

  static final int ID_LENGTH = 200;

  private static final int TEXT_LENGTH = 200_000;

  private RowCheck() {}

  /** Whether a row can be stored; what is wrong with it goes into the rejections. */
  static boolean isRight(UploadedRow row, int dimension, Rejections rejections) {
    boolean right = isId("responseId", row.responseId(), rejections);
    right &= isId("promptId", row.promptId(), rejections);
    right &= isText("prompt", row.prompt(), rejections);
    right &= isText("response", row.response(), rejections);
    return right & isEmbedding(row, dimension, rejections);
  }

  private static boolean isId(String field, @Nullable String id, Rejections rejections) {
    return isRight(field, id == null ? "is required" : Texts.wrong(id, 1, ID_LENGTH), rejections);
  }

  private static boolean isText(String field, @Nullable String text, Rejections rejections) {
    return isRight(field, text == null ? null : Texts.wrong(text, 0, TEXT_LENGTH), rejections);
  }

  private static boolean isEmbedding(UploadedRow row, int dimension, Rejections rejections) {
    return isRight("embedding", wrong(row, dimension), rejections);
  }

  private static @Nullable String wrong(UploadedRow row, int dimension) {
    Integer numbers = row.numbers();
    if (numbers == null) {
      return "is required";
    }
    if (numbers != dimension) {
      return "must have " + dimension + " numbers, but has " + numbers;
    }
    int notFinite = firstNotFinite(row.embedding());
    return notFinite < 0
        ? null
        : "must be finite float32 numbers, but number " + (notFinite + 1) + " is not";
  }

  private static int firstNotFinite(float[] numbers) {
    for (int i = 0; i < numbers.length; i++) {
      if (!Float.isFinite(numbers[i])) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isRight(String field, @Nullable String wrong, Rejections rejections) {
    if (wrong != null) {
      rejections.reject(field, wrong);
    }
    return wrong == null;
  }
}
