package dev.tiebreak.candidate;

import java.util.function.Consumer;

/** Takes rows from a codec: checks each, and hands them on as long as all have been right. */
final class RowIntake {

  private final int dimension;
  private final Consumer<UploadedRow> right;
  private boolean allRight = true;

  RowIntake(int dimension, Consumer<UploadedRow> right) {
    this.dimension = dimension;
    this.right = right;
  }

  /** Numbers that an embedding must have. */
  int dimension() {
    return dimension;
  }

  /** Takes a row. */
  void take(UploadedRow row, Rejections rejections) {
    if (!RowCheck.isRight(row, dimension, rejections)) {
      refuse();
    } else if (allRight) {
      right.accept(row);
    }
  }

  /** A row was found wrong already; those that follow are only checked. */
  void refuse() {
    allRight = false;
  }
}
