package dev.tiebreak.idempotency;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;

/**
 * The transaction of a request with a key: it begins with the request's first transaction that
 * writes and is held open until the answer is known, which it then stores. Until its first part has
 * ended, that may fail and be tried again, as it may without a key.
 */
public final class HeldTransaction {

  static final ScopedValue<HeldTransaction> CURRENT = ScopedValue.newInstance();

  private final PlatformTransactionManager transactions;
  private final Runnable begun;
  private final Consumer<ResponseEntity<?>> letGo;
  private @Nullable TransactionStatus whole;
  private @Nullable TransactionStatus firstPart;

  /**
   * None is open yet.
   *
   * @param begun done at its begin; a failure ends it
   * @param letGo stores an answer in it, before it is committed early
   */
  HeldTransaction(
      PlatformTransactionManager transactions, Runnable begun, Consumer<ResponseEntity<?>> letGo) {
    this.transactions = transactions;
    this.begun = begun;
    this.letGo = letGo;
  }

  /**
   * Commits what the request of this thread has written so far, for others to go on with while it
   * waits for them. Without a key it is committed already.
   *
   * @param answer to a repeated request, should this one never get to its own
   */
  public static void commitEarly(ResponseEntity<?> answer) {
    @Nullable HeldTransaction held = current();
    if (held != null) {
      held.begin();
      held.letGo.accept(answer);
      held.commit();
    }
  }

  /** Of the request of this thread; null where it has no key. */
  static @Nullable HeldTransaction current() {
    return CURRENT.isBound() ? CURRENT.get() : null;
  }

  boolean isOpen() {
    return whole != null;
  }

  /** Begins, unless it has. */
  void begin() {
    if (whole == null) {
      begin(TransactionDefinition.withDefaults());
    }
  }

  private void begin(TransactionDefinition definition) {
    DefaultTransactionDefinition held = new DefaultTransactionDefinition();
    held.setIsolationLevel(definition.getIsolationLevel());
    whole = transactions.getTransaction(held);
    try {
      begun.run();
    } catch (RuntimeException | Error failure) {
      rollback();
      throw failure;
    }
  }

  /** Begins with a part. */
  TransactionStatus beginWith(TransactionDefinition definition) {
    begin(definition);
    TransactionStatus part = transactions.getTransaction(definition);
    firstPart = part;
    return part;
  }

  /** A part has done its work. */
  void ended(TransactionStatus part) {
    if (part == firstPart) {
      firstPart = null;
    }
  }

  /** A part has failed: the first may be tried again, a later one takes the whole down. */
  void failed(TransactionStatus part) {
    if (part == firstPart) {
      rollback();
    }
  }

  void commit() {
    TransactionStatus open = whole;
    whole = null;
    firstPart = null;
    if (open != null) {
      transactions.commit(open);
    }
  }

  void rollback() {
    TransactionStatus open = whole;
    whole = null;
    firstPart = null;
    if (open != null) {
      transactions.rollback(open);
    }
  }
}
