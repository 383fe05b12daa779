package dev.tiebreak.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.DeferredSecurityContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;

/**
 * Log-ins, in the sessions that the database keeps. One by a key is worth no more than the key is
 * at each request; one by the issuer's word ends after {@link #LONGEST}, as nothing revokes it.
 */
final class LogIns implements SecurityContextRepository {

  /** How long the issuer's word is good. */
  static final Duration LONGEST = Duration.ofHours(12);

  private static final String ATTRIBUTE = "logIn";

  private final KeyCheck keys;
  private final TokenClaims claims;
  private final Clock clock;

  LogIns(KeyCheck keys, TokenClaims claims, Clock clock) {
    this.keys = keys;
    this.claims = claims;
    this.clock = clock;
  }

  @Override
  public DeferredSecurityContext loadDeferredContext(HttpServletRequest request) {
    return new Deferred(() -> find(request));
  }

  @Override
  @Deprecated
  public SecurityContext loadContext(HttpRequestResponseHolder holder) {
    return loadDeferredContext(holder.getRequest()).get();
  }

  @Override
  public boolean containsContext(HttpServletRequest request) {
    return logIn(request) != null;
  }

  private static @Nullable LogIn logIn(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    return session != null && session.getAttribute(ATTRIBUTE) instanceof LogIn found ? found : null;
  }

  private Optional<KnownPrincipal> find(HttpServletRequest request) {
    LogIn logIn = logIn(request);
    if (logIn == null) {
      return Optional.empty();
    }
    if (logIn.key() != null) {
      return keys.byId(logIn.key()).map(ApiKey::principal);
    }
    if (logIn.at().plus(LONGEST).isBefore(clock.instant())) {
      return Optional.empty();
    }
    Set<Role> roles = logIn.roles().stream().map(Role::valueOf).collect(Collectors.toSet());
    return Optional.of(new KnownPrincipal(logIn.name(), logIn.source(), roles, logIn.projects()));
  }

  /** Keeps who has just logged in; an empty context, as a log-out saves it, ends the log-in. */
  @Override
  public void saveContext(
      SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
    KnownPrincipal known = known(context.getAuthentication());
    if (known != null) {
      request.getSession().setAttribute(ATTRIBUTE, kept(known));
      return;
    }
    HttpSession session = request.getSession(false);
    if (session != null) {
      session.removeAttribute(ATTRIBUTE);
    }
  }

  private @Nullable KnownPrincipal known(@Nullable Authentication authentication) {
    return switch (authentication) {
      case KnownPrincipal known -> known;
      case OAuth2AuthenticationToken token ->
          claims.principal(token.getPrincipal().getAttributes());
      case null, default -> null;
    };
  }

  private LogIn kept(KnownPrincipal known) {
    Set<String> projects = known.projects();
    return new LogIn(
        known.key(),
        known.getName(),
        known.source(),
        known.roles().stream().map(Role::name).collect(Collectors.toCollection(HashSet::new)),
        projects == null ? null : new HashSet<>(projects),
        clock.instant());
  }

  /** Looks into the session only when somebody asks who it is. */
  private static final class Deferred implements DeferredSecurityContext {

    private final Supplier<Optional<KnownPrincipal>> finder;
    private @Nullable SecurityContext context;
    private boolean empty;

    Deferred(Supplier<Optional<KnownPrincipal>> finder) {
      this.finder = finder;
    }

    @Override
    public SecurityContext get() {
      if (context == null) {
        Optional<KnownPrincipal> found = finder.get();
        empty = found.isEmpty();
        context = SecurityContextHolder.createEmptyContext();
        found.ifPresent(context::setAuthentication);
      }
      return context;
    }

    @Override
    public boolean isGenerated() {
      get();
      return empty;
    }
  }
}
