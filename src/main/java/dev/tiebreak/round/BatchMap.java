package dev.tiebreak.round;

import dev.tiebreak.design.Arm;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A batch as a graph over a plane: what is compared with what, among all responses.
 *
 * @param fit the round whose fit the batch was selected with, and whose rewards these are
 * @param responses of the project
 * @param size comparisons of the batch
 * @param xAxis what x is
 * @param yAxis what y is
 * @param points responses that the edges touch, then others
 * @param edges the first comparisons of the batch, in the order of their selection
 */
record BatchMap(
    long number,
    long fit,
    int responses,
    int size,
    String xAxis,
    String yAxis,
    List<Point> points,
    List<Edge> edges) {

  /**
   * A response.
   *
   * @param x from the mean response
   * @param y from the mean response
   * @param reward logits; null where the fit is of another dimension
   * @param degree comparisons among the edges
   */
  record Point(
      String responseId,
      String promptId,
      double x,
      double y,
      @Nullable Double reward,
      int degree) {}

  /**
   * A comparison.
   *
   * @param left index of a point
   * @param right index of a point
   * @param gain nats
   * @param p P(left is preferred) by the fit
   * @param state as of now
   */
  record Edge(long comparison, int left, int right, Arm arm, double gain, double p, String state) {}
}
