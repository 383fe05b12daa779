package dev.tiebreak.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.http.CacheControl;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Serves the pages' scripts, styles and pictures, all from the jar. Their path holds a hash of all
 * of them, so that browsers may keep them for good and yet never mix two releases; modules import
 * each other relative to it.
 */
@Component
class PageAssets implements WebMvcConfigurer {

  private static final String FILES = "classpath:/page/assets/";
  private static final String WEBJARS = "META-INF/resources/webjars/";
  private static final Duration LIFETIME = Duration.ofDays(365);

  /** A library's file, served below {@code vendor/}. */
  private enum Library {
    MARKDOWN_IT("markdown-it", "dist/", "markdown-it.min.js"),
    DOMPURIFY("dompurify", "dist/", "purify.es.mjs"),
    DIFF("diff", "dist/", "diff.min.js"),
    D3("d3", "dist/", "d3.min.js");

    private final String artifact;
    private final String directory;
    private final String file;

    Library(String artifact, String directory, String file) {
      this.artifact = artifact;
      this.directory = directory;
      this.file = file;
    }

    private String location() throws IOException {
      String coordinates = "META-INF/maven/org.webjars.npm/" + artifact + "/pom.properties";
      String version =
          PropertiesLoaderUtils.loadProperties(new ClassPathResource(coordinates))
              .getProperty("version");
      return WEBJARS + artifact + "/" + version + "/" + directory;
    }
  }

  private final String path;

  PageAssets() throws IOException {
    path = "/assets/" + hash();
  }

  /** Where the files are, without a slash at the end. */
  String path() {
    return path;
  }

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    try {
      for (Library library : Library.values()) {
        serve(
            registry,
            path + "/vendor/" + library.artifact + "/{file:" + library.file + "}",
            "classpath:/" + library.location());
      }
    } catch (IOException missing) {
      throw new IllegalStateException("A library of the pages is not on the classpath", missing);
    }
    serve(registry, path + "/**", FILES);
  }

  private static void serve(ResourceHandlerRegistry registry, String pattern, String location) {
    registry
        .addResourceHandler(pattern)
        .addResourceLocations(location)
        .setCacheControl(CacheControl.maxAge(LIFETIME).cachePublic().immutable());
  }

  private static String hash() throws IOException {
    MessageDigest digest = sha256();
    Resource[] files = new PathMatchingResourcePatternResolver().getResources(FILES + "**/*.*");
    Arrays.sort(files, Comparator.comparing(Resource::getDescription));
    for (Resource file : files) {
      digest.update(String.valueOf(file.getFilename()).getBytes(UTF_8));
      try (InputStream content = file.getInputStream()) {
        digest.update(content.readAllBytes());
      }
    }
    for (Library library : Library.values()) {
      digest.update(
          new ClassPathResource(library.location() + library.file).getContentAsByteArray());
    }
    return HexFormat.of().formatHex(digest.digest(), 0, 8);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
