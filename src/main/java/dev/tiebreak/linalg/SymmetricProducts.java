package dev.tiebreak.linalg;

/** Products of blocks of which only the lower triangle is wanted. */
final class SymmetricProducts {

  /** Columns of a block on the diagonal that is not split further. */
  static final int LEAF = 32;

  private SymmetricProducts() {}

  /**
   * The lower triangle of {@code c} += {@code sign} · {@code a} {@code b}, c of order d. Above the
   * diagonal, numbers in squares of 32 on it are changed too, without meaning.
   *
   * @param a d × k
   * @param b k × d, transposed like {@code a} the other way round
   */
  static void add(BlockProducts products, int sign, Block a, Block b, Block c) {
    add(products, sign, a, b, c, 0, c.rows());
  }

  private static void add(
      BlockProducts products, int sign, Block a, Block b, Block c, int from, int to) {
    if (to - from <= LEAF) {
      product(products, sign, a, b, c, from, to, from, to);
      return;
    }
    int middle = middle(from, to);
    add(products, sign, a, b, c, from, middle);
    product(products, sign, a, b, c, middle, to, from, middle);
    add(products, sign, a, b, c, middle, to);
  }

  /** The rows top .. bottom and columns left .. right of the product alone. */
  static void product(
      BlockProducts products,
      int sign,
      Block a,
      Block b,
      Block c,
      int top,
      int bottom,
      int left,
      int right) {
    products.add(
        sign,
        a.slice(top, bottom),
        b.transpose().slice(left, right).transpose(),
        c.part(top, bottom, left, right));
  }

  /** About half way, a whole number of leaves from the start. */
  static int middle(int from, int to) {
    int leaves = (to - from + LEAF - 1) / LEAF;
    return from + leaves / 2 * LEAF;
  }
}
