package dev.tiebreak.database;

import java.util.List;
import java.util.function.Supplier;
import org.springframework.dao.PessimisticLockingFailureException;

/**
 * Begins a transaction again that another one crossed: of two that wait for each other's rows,
 * PostgreSQL ends one.
 */
public final class Contention {

  private static final int ATTEMPTS = 5;

  private Contention() {}

  /** Does the work, a whole transaction, up to five times, as long as it ends in a deadlock. */
  public static <T> T retry(Supplier<T> transaction) {
    return retry(List.of(PessimisticLockingFailureException.class), transaction);
  }

  /** The same for failures of these kinds. */
  public static <T> T retry(
      List<Class<? extends RuntimeException>> crossings, Supplier<T> transaction) {
    for (int attempt = 1; ; attempt++) {
      try {
        return transaction.get();
      } catch (RuntimeException failure) {
        if (attempt == ATTEMPTS || crossings.stream().noneMatch(kind -> kind.isInstance(failure))) {
          throw failure;
        }
      }
    }
  }
}
