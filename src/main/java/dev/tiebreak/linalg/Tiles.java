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
    return ofLowerTriangle(d, d >= 1024 ? LARGE : 512);
  }

  /** The same where terms are many: one tile for all where {@link Split} shares out rows. */
  static Tiles ofGram(int d) {
    return ofLowerTriangle(d, Split.sharesRows(d, d) ? Math.max(1, d) : 2 * LARGE);
  }

  private static Tiles ofLowerTriangle(int d, int size) {
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

  /** Adds a tile of {@code sign} · a aᵀ to that of {@code c}. */
  void addSquare(BlockProducts products, int sign, int task, Block a, Block c) {
    Tile tile = get(task);
    Block rows = a.slice(tile.top, tile.bottom);
    Block part = c.part(tile.top, tile.bottom, tile.left, tile.right);
    if (tile.isOnDiagonal()) {
      products.addSquare(sign, rows, part);
    } else {
      products.add(sign, rows, a.slice(tile.left, tile.right).transpose(), part);
    }
  }
}
