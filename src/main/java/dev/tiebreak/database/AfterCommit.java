package dev.tiebreak.database;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Does what others are to see the rows for only once they can. */
public final class AfterCommit {

  private AfterCommit() {}

  /** After the commit of the thread's transaction; at once where there is none. */
  public static void run(Runnable work) {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      work.run();
      return;
    }
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            work.run();
          }
        });
  }
}
