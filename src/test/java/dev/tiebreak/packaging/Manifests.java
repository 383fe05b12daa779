package dev.tiebreak.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the chart renders to.
 *
 * @param objects as Kubernetes' own types
 */
record Manifests(List<HasMetadata> objects) {

  private static final String OLDEST_KUBERNETES = "1.30.0";
  private static final Pattern DOCUMENTS = Pattern.compile("(?m)^---$");
  private static final KubernetesSerialization KUBERNETES = new KubernetesSerialization();

  /** Renders with a file of values, then values that win, as {@code key=value}. */
  static Manifests render(Path values, String... set) {
    return render(command(set).withValuesFile(values));
  }

  /** Renders with the chart's own values, then values that win, as {@code key=value}. */
  static Manifests render(String... set) {
    return render(command(set));
  }

  <T extends HasMetadata> T only(Class<T> type) {
    List<T> found = all(type);
    assertThat(found).as(type.getSimpleName()).hasSize(1);
    return found.getFirst();
  }

  <T extends HasMetadata> List<T> all(Class<T> type) {
    return objects.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static TemplateCommand command(String... set) {
    TemplateCommand command =
        new Helm(Packaging.CHART)
            .template()
            .withName("release")
            .withNamespace("preferences")
            .withKubeVersion(OLDEST_KUBERNETES);
    for (String assignment : set) {
      int equals = assignment.indexOf('=');
      command.set(assignment.substring(0, equals), assignment.substring(equals + 1));
    }
    return command;
  }

  private static Manifests render(TemplateCommand command) {
    List<HasMetadata> objects =
        DOCUMENTS
            .splitAsStream(command.call())
            .filter(document -> !document.isBlank())
            .map(document -> (HasMetadata) KUBERNETES.unmarshal(document))
            .toList();
    // the types keep what they do not know: a misspelled field would pass, and do nothing
    assertThat(objects.stream().flatMap(Manifests::unknownFields)).isEmpty();
    return new Manifests(objects);
  }

  private static Stream<String> unknownFields(Object value) {
    return switch (value) {
      case Collection<?> values -> values.stream().flatMap(Manifests::unknownFields);
      case Map<?, ?> map -> map.values().stream().flatMap(Manifests::unknownFields);
      case Object bean when bean.getClass().getName().startsWith("io.fabric8.kubernetes.api") ->
          Arrays.stream(bean.getClass().getMethods())
              .filter(
                  method -> method.getName().startsWith("get") && method.getParameterCount() == 0)
              .flatMap(method -> unknownFields(bean, method));
      default -> Stream.empty();
    };
  }

  private static Stream<String> unknownFields(Object bean, Method getter) {
    try {
      Object value = getter.invoke(bean);
      if (value == null) {
        return Stream.empty();
      }
      return getter.getName().equals("getAdditionalProperties")
          ? ((Map<?, ?>) value)
              .keySet().stream().map(field -> bean.getClass().getSimpleName() + "." + field)
          : unknownFields(value);
    } catch (IllegalAccessException | InvocationTargetException exception) {
      throw new IllegalStateException(exception);
    }
  }
}
