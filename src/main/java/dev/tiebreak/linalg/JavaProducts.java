package dev.tiebreak.linalg;

/** Chooses the products in Java. */
final class JavaProducts {

  private JavaProducts() {}

  /** By the name that {@link VectorModule#PROPERTY} has for them. */
  static BlockProducts of(String kernels) {
    return VectorModule.isUsed(kernels) ? vector() : new RowProducts();
  }

  /** By name, so that nothing but this loads the class. */
  private static BlockProducts vector() {
    try {
      return (BlockProducts)
          Class.forName(JavaProducts.class.getPackageName() + ".VectorProducts")
              .getDeclaredConstructor()
              .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no vector products", e);
    }
  }
}
