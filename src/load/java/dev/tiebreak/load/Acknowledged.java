package dev.tiebreak.load;

import java.util.Arrays;
import java.util.List;

/** The verdicts that the service said it has, by their numbers in the log. */
final class Acknowledged {

  private static final List<String> PREFERENCES =
      List.of("", "LEFT", "RIGHT", "TIE", "BOTH_BAD", "SKIP");

  private byte[] preferences = new byte[1 << 16];
  private long count;
  private long twice;
  private long uncertain;

  /** The service gave a new verdict this number. */
  synchronized void add(int verdict, String preference) {
    if (verdict >= preferences.length) {
      preferences = Arrays.copyOf(preferences, Math.max(verdict + 1, 2 * preferences.length));
    }
    if (preferences[verdict] != 0) {
      twice++;
    }
    preferences[verdict] = (byte) PREFERENCES.indexOf(preference);
    count++;
  }

  /** So many verdicts were sent, and nobody knows what became of them. */
  synchronized void uncertain(int verdicts) {
    uncertain += verdicts;
  }

  synchronized long count() {
    return count;
  }

  /** Numbers that were given to two verdicts. */
  synchronized long twice() {
    return twice;
  }

  synchronized long uncertain() {
    return uncertain;
  }

  /** The preference that was acknowledged by this number; empty where none was. */
  synchronized String preference(long verdict) {
    return verdict < preferences.length ? PREFERENCES.get(preferences[(int) verdict]) : "";
  }
}
