package dev.tiebreak.page;

import dev.tiebreak.access.Permissions;
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
import org.springframework.web.servlet.view.UrlBasedViewResolver;

/**
 * Gives every template what the layout needs: {@code assets}, the path of scripts and styles,
 * {@code viewer}, the name of who is logged in, or null, and {@code may}, what they are {@link
 * Offer offered}. Pages are made for one person at one moment, so none is kept.
 */
@Component
class PageModel implements HandlerInterceptor, WebMvcConfigurer {

  private final PageAssets assets;
  private final Permissions permissions;

  PageModel(PageAssets assets, Permissions permissions) {
    this.assets = assets;
    this.permissions = permissions;
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
    String view = page == null ? null : page.getViewName();
    if (page == null || view == null || view.startsWith(UrlBasedViewResolver.REDIRECT_URL_PREFIX)) {
      return;
    }
    Principal viewer = request.getUserPrincipal();
    page.addObject("assets", assets.path());
    page.addObject("viewer", viewer == null ? null : viewer.getName());
    page.addObject("may", Offer.names(viewer, permissions));
    response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
  }
}
