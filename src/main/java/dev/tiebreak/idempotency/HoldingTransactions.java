package dev.tiebreak.idempotency;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Has the transactions of a request with a key join the one that is held for it. */
@Component
class HoldingTransactions implements BeanPostProcessor {

  static final String MANAGER = "transactionManager";

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    return name.equals(MANAGER) && bean instanceof PlatformTransactionManager plain
        ? new Manager(plain)
        : bean;
  }

  /**
   * Begins the held transaction at its time.
   *
   * @param plain what all else is left to
   */
  record Manager(PlatformTransactionManager plain) implements PlatformTransactionManager {

    @Override
    public TransactionStatus getTransaction(@Nullable TransactionDefinition definition) {
      TransactionDefinition wanted =
          definition == null ? TransactionDefinition.withDefaults() : definition;
      @Nullable HeldTransaction held = HeldTransaction.current();
      if (held == null
          || held.isOpen()
          || wanted.isReadOnly()
          || wanted.getPropagationBehavior() != TransactionDefinition.PROPAGATION_REQUIRED
          || TransactionSynchronizationManager.isActualTransactionActive()) {
        return plain.getTransaction(wanted);
      }
      return held.beginWith(wanted);
    }

    @Override
    public void commit(TransactionStatus status) {
      @Nullable HeldTransaction held = HeldTransaction.current();
      if (held != null && held.isOpen() && !status.isNewTransaction() && !status.isCompleted()) {
        // what waits in memory fails here or never
        status.flush();
      }
      plain.commit(status);
      if (held != null) {
        held.ended(status);
      }
    }

    @Override
    public void rollback(TransactionStatus status) {
      plain.rollback(status);
      @Nullable HeldTransaction held = HeldTransaction.current();
      if (held != null) {
        held.failed(status);
      }
    }
  }
}
