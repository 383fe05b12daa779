package dev.tiebreak.simulation;

import java.util.Locale;

/** What an annotator says about a left and a right response. */
enum Preference {
  LEFT,
  RIGHT,
  TIE,
  BOTH_BAD,
  SKIP;

  /** The same judgement with the sides exchanged. */
  Preference mirrored() {
    return switch (this) {
      case LEFT -> RIGHT;
      case RIGHT -> LEFT;
      case TIE, BOTH_BAD, SKIP -> this;
    };
  }

  /** The target y: 1 where left was preferred, 0 where right was, ½ otherwise. */
  double target() {
    return switch (this) {
      case LEFT -> 1;
      case RIGHT -> 0;
      case TIE, BOTH_BAD, SKIP -> 0.5;
    };
  }

  /** Reads {@code left}, {@code right}, {@code tie}, {@code both_bad} or {@code skip}. */
  static Preference parse(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
