package dev.tiebreak.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.xml.sax.SAXException;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files of the project's top level. */
final class Packaging {

  static final Path CHART = Path.of("helm", "tiebreak");

  /** The user in the image. */
  static final long USER = 10_001;

  private Packaging() {}

  /** A YAML file; a key that stands twice is an error. */
  static Map<String, Object> yaml(Path file) throws IOException {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    return new Yaml(new SafeConstructor(options)).load(Files.readString(file));
  }

  /** The text below the keys. */
  static String text(Map<String, Object> tree, String... keys) {
    return (String) at(tree, keys);
  }

  /** The texts below the keys. */
  @SuppressWarnings("unchecked")
  static List<String> texts(Map<String, Object> tree, String... keys) {
    return (List<String>) at(tree, keys);
  }

  /** The fields below the keys. */
  @SuppressWarnings("unchecked")
  static Map<String, Object> fields(Map<String, Object> tree, String... keys) {
    return (Map<String, Object>) at(tree, keys);
  }

  private static Object at(Map<String, Object> tree, String... keys) {
    Object value = tree;
    for (String key : keys) {
      value = Objects.requireNonNull(((Map<?, ?>) value).get(key), key);
    }
    return value;
  }

  /** The version that the build gives the service. */
  static String version() {
    try {
      return XPathFactory.newInstance()
          .newXPath()
          .evaluate(
              "/project/version",
              DocumentBuilderFactory.newInstance()
                  .newDocumentBuilder()
                  .parse(Path.of("pom.xml").toFile()));
    } catch (IOException
        | SAXException
        | ParserConfigurationException
        | XPathExpressionException exception) {
      throw new IllegalStateException(exception);
    }
  }
}
