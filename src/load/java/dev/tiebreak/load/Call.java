package dev.tiebreak.load;

/** The kinds of calls on a labeling floor. */
enum Call {
  /** The next ten comparisons of an annotator. */
  NEXT_BATCH,
  /** One verdict. */
  VERDICT,
  /** Several verdicts in an array. */
  VERDICTS,
  /** A comparison given back. */
  GIVE_BACK,
  /** How a project is doing. */
  PROGRESS,
  /** A scrape. */
  METRICS,
  /** A few hundred embeddings more. */
  UPLOAD
}
