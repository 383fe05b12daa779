package dev.tiebreak.page;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Gives every template what the layout needs: {@code assets}, the path of scripts and styles, and
 * {@code viewer}, the name of who is logged in, or null. Pages are made for one person at one
 * moment, so none is kept.
 */
@Component
class PageModel implements HandlerInterceptor, WebMvcConfigurer {

  private final PageAssets assets;

  PageModel(PageAssets assets) {
    this.assets = assets;
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(this);
  }

  @Override
  public void postHandle(
      HttpServletRequest request,
      HttpServletResponse response,
      Object handler,
      @Nullable ModelAndView page) {
    if (page == null || !page.hasView()) {
      return;
    }
    Principal viewer = request.getUserPrincipal();
    page.addObject("assets", assets.path());
    page.addObject("viewer", viewer == null ? null : viewer.getName());
    response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
  }
}
