package dev.tiebreak.paging;

import dev.tiebreak.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/** Gives controllers their {@link PageRequest}, and binds the cursors of pages to their list. */
@ControllerAdvice
class PagedLists
    implements WebMvcConfigurer, HandlerMethodArgumentResolver, ResponseBodyAdvice<Object> {

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(this);
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == PageRequest.class;
  }

  @Override
  public PageRequest resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer view,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binders)
      throws Exception {
    String path =
        Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class)).getRequestURI();
    String cursor = CursorSeal.open(path, request.getParameter("cursor"));
    return new PageRequest(limit(request, Objects.requireNonNull(binders)), cursor);
  }

  private static @Nullable Integer limit(NativeWebRequest request, WebDataBinderFactory binders)
      throws Exception {
    try {
      return binders
          .createBinder(request, null, "limit")
          .convertIfNecessary(request.getParameter("limit"), Integer.class);
    } catch (TypeMismatchException notANumber) {
      throw ProblemException.invalid("limit", "has a value of the wrong type");
    }
  }

  @Override
  public boolean supports(
      MethodParameter returned, Class<? extends HttpMessageConverter<?>> converter) {
    return true;
  }

  @Override
  public @Nullable Object beforeBodyWrite(
      @Nullable Object body,
      MethodParameter returned,
      MediaType mediaType,
      Class<? extends HttpMessageConverter<?>> converter,
      ServerHttpRequest request,
      ServerHttpResponse response) {
    return body instanceof Page<?> page
        ? new Page<>(
            page.items(), CursorSeal.seal(request.getURI().getRawPath(), page.nextCursor()))
        : body;
  }
}
