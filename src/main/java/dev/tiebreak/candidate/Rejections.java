package dev.tiebreak.candidate;

/** Takes what is wrong with one row. */
@FunctionalInterface
interface Rejections {

  /** Notes an error of a field. */
  void reject(String field, String detail);
}
