package dev.tiebreak.access;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;

/** The key or token of a request, unless it asks for what is open: there a bad one does no harm. */
final class ClosedBearer implements BearerTokenResolver {

  private final BearerTokenResolver header = new DefaultBearerTokenResolver();

  @Override
  public @Nullable String resolve(HttpServletRequest request) {
    boolean open =
        AccessRules.find(request)
            .filter(match -> match.rule().reach() == AccessRule.Reach.OPEN)
            .isPresent();
    return open ? null : header.resolve(request);
  }
}
