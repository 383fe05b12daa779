package dev.tiebreak.linalg;

/** Products of blocks of which only the lower triangle is wanted. */
final class SymmetricProducts {

  /** Columns of a block on the diagonal that is not split further. */
  static final int LEAF = 32;

  private SymmetricProducts() {}

  /** As {@link BlockProducts#addSquare}, by products of ever smaller squares on the diagonal. */
  static void add(BlockProducts products, int sign, Block a, Block c) {
    int d = c.rows();
    if (d <= LEAF) {
      products.add(sign, a, a.transpose(), c);
      return;
    }
    int middle = middle(0, d);
    Block top = a.slice(0, middle);
    Block bottom = a.slice(middle, d);
    add(products, sign, top, c.part(0, middle, 0, middle));
    products.add(sign, bottom, top.transpose(), c.part(middle, d, 0, middle));
    add(products, sign, bottom, c.part(middle, d, middle, d));
  }

  /** About half way, a whole number of leaves from the start. */
  static int middle(int from, int to) {
    int leaves = (to - from + LEAF - 1) / LEAF;
    return from + leaves / 2 * LEAF;
  }
}
