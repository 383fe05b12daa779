package dev.tiebreak.access;

/** What somebody may do, within the projects that they are granted: see {@link AccessRules}. */
enum Role {
  /** Everything. */
  ADMIN,
  /** Uploads, rounds, models and what leaves. */
  TRAINER,
  /** Comparisons out, verdicts in. */
  ANNOTATOR,
  /** Progress and meters. */
  OBSERVER
}
