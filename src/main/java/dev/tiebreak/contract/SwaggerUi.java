package dev.tiebreak.contract;

import java.io.IOException;
import java.time.Duration;
import java.util.Properties;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.http.CacheControl;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Serves the scripts and styles of the page, all from the jar: the page needs no other site. */
@Component
class SwaggerUi implements WebMvcConfigurer {

  private static final String COORDINATES = "org.webjars/swagger-ui";
  private static final Duration LIFETIME = Duration.ofDays(365);

  private final String version;

  SwaggerUi() throws IOException {
    Properties properties =
        PropertiesLoaderUtils.loadProperties(
            new ClassPathResource("META-INF/maven/" + COORDINATES + "/pom.properties"));
    version = properties.getProperty("version");
  }

  /** Where its files are, relative to the service; another version has other paths. */
  String path() {
    return "docs/" + version;
  }

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    registry
        .addResourceHandler(
            "/" + path() + "/*.js", "/" + path() + "/*.css", "/" + path() + "/*.png")
        .addResourceLocations("classpath:/META-INF/resources/webjars/swagger-ui/" + version + "/")
        .setCacheControl(CacheControl.maxAge(LIFETIME).cachePublic().immutable());
    registry
        .addResourceHandler("/docs/*.js")
        .addResourceLocations("classpath:/contract/")
        .setCacheControl(CacheControl.noStore());
  }
}
