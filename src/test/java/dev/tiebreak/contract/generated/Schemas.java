package dev.tiebreak.contract.generated;

import dev.tiebreak.WrittenContract;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is asked of the contract's schemas. */
final class Schemas {

  private static final Components COMPONENTS = WrittenContract.document().getComponents();

  private Schemas() {}

  /** The schema itself, where this is a reference to it. */
  static Schema<?> resolve(@Nullable Schema<?> schema) {
    Schema<?> given = Objects.requireNonNull(schema);
    return given.get$ref() == null
        ? given
        : resolve(COMPONENTS.getSchemas().get(name(given.get$ref())));
  }

  /** The parameter itself, where this is a reference to it. */
  static Parameter resolve(Parameter parameter) {
    return parameter.get$ref() == null
        ? parameter
        : Objects.requireNonNull(COMPONENTS.getParameters().get(name(parameter.get$ref())));
  }

  private static String name(String reference) {
    return reference.substring(reference.lastIndexOf('/') + 1);
  }

  /** The types that a value may have; none: any. */
  static Set<String> types(Schema<?> schema) {
    Set<String> types = schema.getTypes();
    if (types != null) {
      return types;
    }
    return schema.getType() == null ? Set.of() : Set.of(schema.getType());
  }

  static Map<String, Schema> properties(Schema<?> schema) {
    return schema.getProperties() == null ? Map.of() : schema.getProperties();
  }

  /** Whether no other properties than those written are allowed. */
  static boolean isClosed(Schema<?> schema) {
    return Boolean.FALSE.equals(schema.getAdditionalProperties());
  }

  /** Whether a property must be there. */
  static boolean requires(Schema<?> schema, String property) {
    return schema.getRequired() != null && schema.getRequired().contains(property);
  }

  /** The least number that is allowed, or just above where it is excluded. */
  static double least(Schema<?> schema, double otherwise) {
    if (schema.getExclusiveMinimumValue() != null) {
      return Math.nextUp(schema.getExclusiveMinimumValue().doubleValue());
    }
    return number(schema.getMinimum(), otherwise);
  }

  /** The greatest number that is allowed. */
  static double greatest(Schema<?> schema, double otherwise) {
    return number(schema.getMaximum(), otherwise);
  }

  private static double number(@Nullable BigDecimal bound, double otherwise) {
    return bound == null ? otherwise : bound.doubleValue();
  }

  static int orElse(@Nullable Integer bound, int otherwise) {
    return bound == null ? otherwise : bound;
  }
}
