package dev.tiebreak.body;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;

/** What follows a filter, done where a {@link ScopedValue} is bound. */
public final class ScopedChain {

  /** Binds the value. */
  @FunctionalInterface
  public interface Scope {

    /** Does the work meanwhile. */
    void call(ScopedValue.CallableOp<Boolean, Exception> work) throws Exception;
  }

  private ScopedChain() {}

  /** Goes on within the scope; an operation there has one kind of exception, a filter has two. */
  public static void within(
      Scope scope, FilterChain chain, ServletRequest request, ServletResponse response)
      throws ServletException, IOException {
    try {
      scope.call(() -> {
        chain.doFilter(request, response);
        return true;
      });
    } catch (ServletException | IOException | RuntimeException failure) {
      throw failure;
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
