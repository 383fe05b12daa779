package dev.tiebreak.contract.generated;

/** Makes something of a request other than it was, mostly wrong. */
@FunctionalInterface
interface Change {

  /** Changes a draft and notes what; false where there is nothing to change. */
  boolean apply(Draft draft, Draws draws);
}
