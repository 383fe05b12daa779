package dev.tiebreak.access;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.tiebreak.paging.Page;
import dev.tiebreak.paging.PageRequest;
import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.problem.ProblemType;
import java.security.Principal;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** API keys, for an ADMIN; one that is bound to projects sees and makes only keys within these. */
@RestController
@RequestMapping(path = "/keys")
class KeyController {

  private final ApiKeys keys;
  private final KeyIssue issue;
  private final KeyCheck check;
  private final TransactionTemplate transaction;

  KeyController(ApiKeys keys, KeyIssue issue, KeyCheck check, TransactionTemplate transaction) {
    this.keys = keys;
    this.issue = issue;
    this.check = check;
    this.transaction = transaction;
  }

  /** The answer to whoever created a key: the only one with its secret. */
  record CreatedKey(@JsonUnwrapped ApiKey key, String secret) {}

  @PostMapping(
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<CreatedKey> create(@Nullable Principal principal, @RequestBody JsonNode body) {
    NewKey wanted = KeyBody.read(body);
    KeyIssue.Issued issued =
        Objects.requireNonNull(
            transaction.execute(status -> issue.create(wanted, known(principal))));
    return ResponseEntity.status(HttpStatus.CREATED)
        .cacheControl(CacheControl.noStore())
        .body(new CreatedKey(issued.key(), issued.token().text()));
  }

  @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
  Page<ApiKey> list(@Nullable Principal principal, PageRequest request) {
    return Page.of(
        keys.list(
            request.after(Long.MAX_VALUE),
            request.size() + 1,
            KnownPrincipal.projectsOf(principal)),
        request.size(),
        ApiKey::number);
  }

  @DeleteMapping("/{key}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void revoke(@Nullable Principal principal, @PathVariable String key) {
    Optional<ApiKey> revoked =
        transaction.execute(status -> issue.revoke(key, KnownPrincipal.projectsOf(principal)));
    if (revoked.isEmpty()) {
      throw new ProblemException(ProblemType.KEY_NOT_FOUND, "There is no key of this id");
    }
    check.forget(key);
  }

  /** Null without authentication, where whoever reaches the service may all. */
  private static @Nullable KnownPrincipal known(@Nullable Principal principal) {
    return (KnownPrincipal) principal;
  }
}
