package dev.tiebreak.body;

import dev.tiebreak.problem.FieldError;
import dev.tiebreak.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with one input, so that all of it is told at once. */
public final class FieldErrors {

  private final List<FieldError> errors = new ArrayList<>();

  /** Notes one error. */
  public void add(String pointer, String detail) {
    if (errors.size() < ProblemException.MAXIMUM_ERRORS) {
      errors.add(new FieldError(pointer, detail));
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
