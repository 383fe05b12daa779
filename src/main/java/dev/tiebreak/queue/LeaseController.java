package dev.tiebreak.queue;

import java.security.Principal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
class LeaseController {

  private final Leases leases;

  LeaseController(Leases leases) {
    this.leases = leases;
  }

  @DeleteMapping("/leases/{lease}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void giveBack(
      @Nullable Principal principal,
      @PathVariable String lease,
      @RequestParam @Nullable String annotator) {
    leases.giveBack(lease, annotator, Caller.of(principal));
  }

  @PostMapping(path = "/leases/{lease}/renewal", produces = MediaType.APPLICATION_JSON_VALUE)
  Renewal renew(
      @Nullable Principal principal,
      @PathVariable String lease,
      @RequestParam @Nullable String annotator) {
    return new Renewal(lease, leases.renew(lease, annotator, Caller.of(principal)));
  }

  record Renewal(String lease, Instant expiresAt) {}
}
