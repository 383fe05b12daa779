package dev.tiebreak.body;

import dev.tiebreak.problem.FieldError;
import dev.tiebreak.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Collects what is wrong with one input, so that all of it is told at once. */
public final class FieldErrors {

  private final List<FieldError> errors;
  private final Supplier<String> introduction;

  /** Collects from nothing. */
  public FieldErrors() {
    this(new ArrayList<>(), () -> "");
  }

  private FieldErrors(List<FieldError> errors, Supplier<String> introduction) {
    this.errors = errors;
    this.introduction = introduction;
  }

  /** The same collection, where what is noted through the result begins with these words. */
  FieldErrors introducedBy(Supplier<String> words) {
    return new FieldErrors(errors, words);
  }

  /** Notes one error. */
  public void add(String pointer, String detail) {
    if (!isFull()) {
      errors.add(new FieldError(pointer, introduction.get() + detail));
    }
  }

  /** Whether nothing is wrong so far. */
  public boolean isEmpty() {
    return errors.isEmpty();
  }

  /** Whether no more would be told. */
  public boolean isFull() {
    return errors.size() >= ProblemException.MAXIMUM_ERRORS;
  }

  /** Refuses the request if anything is wrong. */
  public void throwIfAny() {
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors);
    }
  }
}
