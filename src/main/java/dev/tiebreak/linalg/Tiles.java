package dev.tiebreak.linalg;

import java.util.ArrayList;
import java.util.List;

/**
 * A matrix's tiles, each a task's.
 *
 * @param all the greatest first
 */
record Tiles(List<Tile> all) {

  /** Rows and columns of a tile that lies off the diagonal. */
  private static final int SMALL = 128;

  private static final int LARGE = 256;

  /** Rows top .. bottom, columns left .. right; on the diagonal, only what is not above it. */
  record Tile(int top, int bottom, int left, int right) {

    boolean isOnDiagonal() {
      return top == left;
    }

    int height() {
      return bottom - top;
    }

    int width() {
      return right - left;
    }
  }

  /** Tiles that cover the lower triangle of a d × d matrix. */
  static Tiles ofLowerTriangle(int d) {
    int size = d >= 1024 ? LARGE : SMALL;
    List<Tile> below = new ArrayList<>();
    List<Tile> diagonal = new ArrayList<>();
    for (int top = 0; top < d; top += size) {
      int bottom = Math.min(top + size, d);
      for (int left = 0; left < top; left += size) {
        below.add(new Tile(top, bottom, left, left + size));
      }
      diagonal.add(new Tile(top, bottom, top, bottom));
    }
    below.addAll(diagonal);
    return new Tiles(below);
  }

  /** Tiles that cover n × m; {@code height} rows each. */
  static Tiles of(int n, int m, int height) {
    List<Tile> all = new ArrayList<>();
    for (int top = 0; top < n; top += height) {
      for (int left = 0; left < m; left += 2 * LARGE) {
        all.add(new Tile(top, Math.min(top + height, n), left, Math.min(left + 2 * LARGE, m)));
      }
    }
    return new Tiles(all);
  }

  int count() {
    return all.size();
  }

  Tile get(int task) {
    return all.get(task);
  }

  /** Adds a tile of the symmetric product a b to that of {@code c}. */
  void addProduct(BlockProducts products, int task, Block a, Block b, Block c) {
    addProduct(products, 1, task, a, b, c);
  }

  /** Adds or subtracts. */
  void addProduct(BlockProducts products, int sign, int task, Block a, Block b, Block c) {
    Tile tile = get(task);
    Block rows = a.slice(tile.top, tile.bottom);
    Block columns = b.transpose().slice(tile.left, tile.right).transpose();
    Block part = c.part(tile.top, tile.bottom, tile.left, tile.right);
    if (tile.isOnDiagonal()) {
      SymmetricProducts.add(products, sign, rows, columns, part);
    } else {
      products.add(sign, rows, columns, part);
    }
  }
}
