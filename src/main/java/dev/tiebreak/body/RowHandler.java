package dev.tiebreak.body;

/** Takes the rows of an upload, one after the other. */
@FunctionalInterface
public interface RowHandler {

  /**
   * Takes one row, which is valid only until this returns. What is wrong with it goes into its
   * errors; whatever this throws ends the reading.
   */
  void take(JsonRow row);
}
