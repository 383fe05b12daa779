package dev.tiebreak.linalg;

import java.util.Locale;

/**
 * Whether loops in Java use the JDK's Vector API: where its module is present ({@code --add-modules
 * jdk.incubator.vector}), unless the system property {@value #PROPERTY} says otherwise: {@code
 * plain}, {@code vector} (an error where the module is missing), or {@code auto}, the default.
 */
public final class VectorModule {

  /** The system property that names the kernels. */
  public static final String PROPERTY = "tiebreak.kernels";

  private VectorModule() {}

  /** What the system property asks for. */
  public static String asked() {
    return System.getProperty(PROPERTY, "auto").toLowerCase(Locale.ROOT);
  }

  /**
   * Whether kernels of that name use the module.
   *
   * @throws IllegalStateException where {@code vector} is asked for and the module is missing
   */
  public static boolean isUsed(String kernels) {
    boolean present = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    return switch (kernels) {
      case "auto" -> present;
      case "plain" -> false;
      case "vector" -> {
        if (!present) {
          throw new IllegalStateException(
              PROPERTY + "=vector without --add-modules jdk.incubator.vector");
        }
        yield true;
      }
      default -> throw new IllegalArgumentException(PROPERTY + "=" + kernels);
    };
  }
}
