package dev.tiebreak.problem;

import static org.assertj.core.api.Assertions.assertThat;

/** What every refusal of a body must be. */
public final class Refusals {

  private Refusals() {}

  /** Of one kind that a body may be refused with, with words for people. */
  public static void assertOfBody(ProblemException refused) {
    assertThat(refused.type())
        .isIn(ProblemType.MALFORMED_BODY, ProblemType.UNKNOWN_FIELD, ProblemType.INVALID_INPUT);
    assertThat(refused.detail()).isNotBlank();
    assertThat(refused.errors()).hasSizeLessThanOrEqualTo(ProblemException.MAXIMUM_ERRORS);
    if (refused.type() != ProblemType.MALFORMED_BODY) {
      assertThat(refused.errors()).isNotEmpty();
    }
    for (FieldError error : refused.errors()) {
      assertThat(error.detail()).isNotBlank();
      assertThat(error.pointer()).matches("(?s)(/.*)?");
    }
  }

  /** The same of rows, where what is wrong but readable names its row. */
  public static void assertOfRows(ProblemException refused, String parent) {
    assertOfBody(refused);
    if (refused.type() == ProblemType.INVALID_INPUT) {
      assertThat(refused.errors())
          .allSatisfy(error -> assertThat(error.pointer()).matches("(?s)" + place(parent)));
    }
  }

  /** A row or its field; of an array that is none, or is missing, the array. */
  private static String place(String parent) {
    return parent + (parent.isEmpty() ? "/[0-9]+(/.*)?" : "(/[0-9]+(/.*)?)?");
  }
}
