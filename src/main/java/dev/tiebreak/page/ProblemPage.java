package dev.tiebreak.page;

import dev.tiebreak.access.Permissions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/** Shows people a problem as a page, where their browser asked for one. */
@Component
class ProblemPage extends AbstractHttpMessageConverter<ProblemDetail> {

  private final ITemplateEngine templates;
  private final PageAssets assets;
  private final Permissions permissions;

  ProblemPage(ITemplateEngine templates, PageAssets assets, Permissions permissions) {
    super(StandardCharsets.UTF_8, MediaType.TEXT_HTML);
    this.templates = templates;
    this.assets = assets;
    this.permissions = permissions;
  }

  @Override
  protected boolean supports(Class<?> type) {
    return ProblemDetail.class.isAssignableFrom(type);
  }

  @Override
  public boolean canRead(Class<?> type, @Nullable MediaType mediaType) {
    return false;
  }

  @Override
  protected ProblemDetail readInternal(
      Class<? extends ProblemDetail> type, HttpInputMessage message) {
    throw new HttpMessageNotReadableException("A page of a problem is only written", message);
  }

  private static @Nullable Principal viewer() {
    Authentication known = SecurityContextHolder.getContext().getAuthentication();
    return known instanceof AnonymousAuthenticationToken ? null : known;
  }

  private static @Nullable Object pageToken() {
    RequestAttributes request = RequestContextHolder.getRequestAttributes();
    return request == null
        ? null
        : request.getAttribute("pageToken", RequestAttributes.SCOPE_REQUEST);
  }

  @Override
  protected void writeInternal(ProblemDetail problem, HttpOutputMessage message)
      throws IOException {
    @Nullable Map<String, Object> properties = problem.getProperties();
    Context context = new Context(Locale.ENGLISH);
    context.setVariable("assets", assets.path());
    Principal viewer = viewer();
    context.setVariable("viewer", viewer == null ? null : viewer.getName());
    context.setVariable("pageToken", pageToken());
    context.setVariable("may", Offer.names(viewer, permissions));
    context.setVariable("problem", problem);
    context.setVariable(
        "errors", properties == null ? List.of() : properties.getOrDefault("errors", List.of()));
    message.getBody().write(templates.process("problem", context).getBytes(StandardCharsets.UTF_8));
  }
}
