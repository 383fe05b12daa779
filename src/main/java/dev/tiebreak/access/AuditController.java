package dev.tiebreak.access;

import dev.tiebreak.paging.Page;
import dev.tiebreak.paging.PageRequest;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class AuditController {

  private final AuditTrail trail;

  AuditController(AuditTrail trail) {
    this.trail = trail;
  }

  @GetMapping(path = "/audit", produces = MediaType.APPLICATION_JSON_VALUE)
  Page<AuditEntry> list(@Nullable Principal principal, PageRequest request) {
    return Page.of(
        trail.list(
            request.after(Long.MAX_VALUE),
            request.size() + 1,
            KnownPrincipal.projectsOf(principal)),
        request.size(),
        AuditEntry::number);
  }
}
