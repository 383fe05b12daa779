package dev.tiebreak.design;

/** Listed candidates. */
final class SampledPairs implements CandidateSet {

  private final int rows;
  private final PairSet pairs;
  private final int[] rowStart;
  private final int widestRow;

  SampledPairs(int rows, PairSet pairs) {
    this.rows = rows;
    this.pairs = pairs;
    this.rowStart = new int[rows + 1];
    for (int i = 0; i < pairs.size(); i++) {
      rowStart[PairSet.first(pairs.at(i)) + 1]++;
    }
    int widest = 0;
    for (int a = 0; a < rows; a++) {
      widest = Math.max(widest, rowStart[a + 1]);
      rowStart[a + 1] += rowStart[a];
    }
    this.widestRow = widest;
  }

  /** The candidate index of a pair a < b that is one. */
  int placeOf(int a, int b) {
    int place = rowStart[a];
    while (PairSet.second(pairs.at(place)) != b) {
      place++;
    }
    return place;
  }

  /** All of them. */
  Pairs pairs() {
    int[] a = new int[pairs.size()];
    int[] b = new int[pairs.size()];
    for (int i = 0; i < a.length; i++) {
      a[i] = PairSet.first(pairs.at(i));
      b[i] = PairSet.second(pairs.at(i));
    }
    return new Pairs(a, b);
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public long count() {
    return pairs.size();
  }

  @Override
  public long pairAt(long index) {
    return pairs.at(Math.toIntExact(index));
  }

  @Override
  public boolean contains(long pair) {
    return pairs.contains(pair);
  }

  @Override
  public boolean dense() {
    return false;
  }

  @Override
  public int widestRow() {
    return widestRow;
  }

  @Override
  public int partners(int a, int from, int to, int[] into) {
    int count = 0;
    for (int place = rowStart[a]; place < rowStart[a + 1]; place++) {
      int b = PairSet.second(pairs.at(place));
      if (b >= from && b < to) {
        into[count++] = b;
      }
    }
    return count;
  }
}
