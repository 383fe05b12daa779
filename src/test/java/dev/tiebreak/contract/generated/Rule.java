package dev.tiebreak.contract.generated;

/** What must be so of every request, whatever it is. */
enum Rule {
  /** An answer comes, and is HTTP. */
  ANSWERED,
  /** No status above 499. */
  NO_SERVER_ERROR,
  /** The status is written for the operation. */
  DOCUMENTED_STATUS,
  /** The body is as its schema says. */
  DOCUMENTED_BODY,
  /** What refuses is a problem of a documented type and of the answer's status. */
  PROBLEM_DOCUMENT,
  /** What refuses tells nothing of the inside, and repeats no value. */
  NO_INTERNALS,
  /** The answer has the request's id, or one of its own. */
  REQUEST_ID,
  /** What is wrong beyond doubt is refused. */
  WRONG_IS_REFUSED,
  /** What is as the contract says is not told that it cannot be read. */
  RIGHT_IS_READ,
  /** What is refused, or only reads, changes nothing. */
  NOTHING_CHANGED
}
