package dev.tiebreak.access;

import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.problem.ProblemType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Where nobody can tell who somebody is, as the database or the issuer of tokens doesn't answer,
 * the answer is 503: a 401 would have programs throw good keys away.
 */
final class UnavailableFilter extends OncePerRequestFilter {

  private static final Logger log = LoggerFactory.getLogger(UnavailableFilter.class);

  private final AccessProblems problems;

  UnavailableFilter(AccessProblems problems) {
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      chain.doFilter(request, response);
    } catch (AuthenticationServiceException exception) {
      log.warn("issuer=unavailable cause=\"{}\"", exception.getMessage());
      problems.tell(
          request,
          response,
          new ProblemException(
              ProblemType.UNAVAILABLE, "The issuer of tokens does not answer at the moment"));
    } catch (DataAccessException | TransactionException exception) {
      problems.tell(request, response, exception);
    }
  }
}
