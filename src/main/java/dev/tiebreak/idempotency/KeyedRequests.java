package dev.tiebreak.idempotency;

import dev.tiebreak.body.ScopedChain;
import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.problem.ProblemType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.web.util.ContentCachingResponseWrapper;
import tools.jackson.databind.json.JsonMapper;

/** Answers requests with keys: from what is kept, or by what is then kept. */
@Component
class KeyedRequests {

  private static final List<String> KEPT_HEADERS =
      List.of(
          HttpHeaders.CONTENT_TYPE,
          HttpHeaders.LOCATION,
          HttpHeaders.ETAG,
          HttpHeaders.CACHE_CONTROL);

  private final KeptAnswers answers;
  private final PlatformTransactionManager transactions;
  private final JsonMapper json;

  KeyedRequests(
      KeptAnswers answers,
      @Qualifier(HoldingTransactions.MANAGER) PlatformTransactionManager transactions,
      JsonMapper json) {
    this.answers = answers;
    this.transactions = ((HoldingTransactions.Manager) transactions).plain();
    this.json = json;
  }

  void answer(
      RequestKey key, DigestedRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Optional<KeptAnswer> earlier = answers.find(key);
    if (earlier.isPresent()) {
      repeat(earlier.get(), request.digest(), response);
    } else {
      new First(key, request).answer(response, chain);
    }
  }

  private static void repeat(KeptAnswer earlier, byte[] digest, HttpServletResponse response)
      throws IOException {
    if (!MessageDigest.isEqual(earlier.digest(), digest)) {
      throw ProblemException.invalid(
          IdempotencyFilter.HEADER, "was used for a request with another path, query or body");
    }
    byte[] body = earlier.body();
    if (body == null) {
      throw new ProblemException(
          ProblemType.ANSWER_NOT_KEPT,
          "The request was done; its answer was given once, and holds what is not stored");
    }
    response.setStatus(earlier.status());
    earlier.headers().forEach(response::setHeader);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  /** A request whose key is new. */
  private final class First {

    private final RequestKey key;
    private final DigestedRequest request;
    private final HeldTransaction held;
    private byte @Nullable [] digest;
    private boolean keptEarly;

    First(RequestKey key, DigestedRequest request) {
      this.key = key;
      this.request = request;
      this.held = new HeldTransaction(transactions, this::begun, this::keepEarly);
    }

    void answer(HttpServletResponse response, FilterChain chain)
        throws ServletException, IOException {
      ContentCachingResponseWrapper answer = new ContentCachingResponseWrapper(response);
      try {
        ScopedChain.within(
            ScopedValue.where(HeldTransaction.CURRENT, held)::call, chain, request, answer);
        if (HttpStatus.valueOf(answer.getStatus()).is2xxSuccessful()) {
          finish(answer);
        }
      } catch (RuntimeException failure) {
        withdraw(answer);
        throw failure;
      } finally {
        held.rollback();
      }
      answer.copyBodyToResponse();
    }

    private void finish(ContentCachingResponseWrapper answer) throws IOException {
      if (keptEarly) {
        held.commit();
        answers.replace(key, kept(answer));
      } else {
        held.begin();
        answers.keep(key, kept(answer));
        held.commit();
      }
    }

    /** Nothing of an answer whose transaction has failed is sent. */
    private static void withdraw(HttpServletResponse answer) {
      answer.resetBuffer();
      answer.setHeader(HttpHeaders.LOCATION, null);
      answer.setHeader(HttpHeaders.ETAG, null);
    }

    /** Another one may be at it, or have done it since this one looked. */
    private void begun() {
      if (!answers.lock(key) || (!keptEarly && answers.find(key).isPresent())) {
        throw IdempotencyFilter.inFlight();
      }
    }

    private void keepEarly(ResponseEntity<?> answer) {
      Map<String, String> headers = new TreeMap<>(answer.getHeaders().toSingleValueMap());
      headers.put(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE);
      answers.keep(
          key,
          new KeptAnswer(
              digest(),
              answer.getStatusCode().value(),
              headers,
              json.writeValueAsBytes(answer.getBody())));
      keptEarly = true;
    }

    private KeptAnswer kept(ContentCachingResponseWrapper answer) {
      Map<String, String> headers = new TreeMap<>();
      for (String name : KEPT_HEADERS) {
        String value = answer.getHeader(name);
        if (value != null) {
          headers.put(name, value);
        }
      }
      String type = answer.getContentType();
      if (type != null) {
        headers.put(HttpHeaders.CONTENT_TYPE, type);
      }
      boolean secret = headers.getOrDefault(HttpHeaders.CACHE_CONTROL, "").contains("no-store");
      return new KeptAnswer(
          digest(), answer.getStatus(), headers, secret ? null : answer.getContentAsByteArray());
    }

    private byte[] digest() {
      byte[] known = digest;
      if (known == null) {
        try {
          known = request.digest();
        } catch (IOException gone) {
          throw new UncheckedIOException(gone);
        }
        digest = known;
      }
      return known;
    }
  }
}
