package dev.tiebreak.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiebreak.TestAlgebra;
import dev.tiebreak.design.Strategy;
import dev.tiebreak.linalg.Matrix;
import dev.tiebreak.preference.PlaneBasis;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ChartTest {

  private static final Path FOLDER = Path.of("target", "charts");

  private static Results results(ReplayData data, ReplaySettings settings) {
    return Examples.results(settings, Examples.run(data, settings, 2, Map.of()));
  }

  private static CurveChart curves(Results results, String measure) {
    return new CurveChart(results, measure, PanelPage.of(results, null, 1));
  }

  private static String svg(Picture picture, int width, int height) {
    return new String(picture.svg(width, height), StandardCharsets.UTF_8);
  }

  private static BufferedImage png(String name, Picture picture, int width, int height)
      throws IOException {
    byte[] bytes = picture.png(width, height);
    // to be looked at
    Files.createDirectories(FOLDER);
    Files.write(FOLDER.resolve(name + ".png"), bytes);
    Files.write(FOLDER.resolve(name + ".svg"), picture.svg(width, height));
    return ImageIO.read(new ByteArrayInputStream(bytes));
  }

  private static boolean shows(BufferedImage image, Color colour) {
    for (int x = 0; x < image.getWidth(); x++) {
      for (int y = 0; y < image.getHeight(); y++) {
        if (image.getRGB(x, y) == colour.getRGB()) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void drawsALineForEachStrategyOnNamedAxes() throws IOException {
    ReplaySettings settings = Examples.settings(Source.GOLD).batchSizes(5).seeds(4).get();
    Results results = results(Examples.gold(16, 6, 8, 1), settings);
    CurveChart chart = curves(results, "oneMinusSpearman");
    BufferedImage image = png("curve", chart, 800, 500);
    assertThat(Examples.STRATEGIES)
        .allMatch(strategy -> shows(image, Palette.colour(strategy, Examples.STRATEGIES)));
    assertThat(svg(chart, 800, 500))
        .contains(">RANDOM<", ">GREEDY_D_OPTIMAL<", ">I_OPTIMAL<")
        .contains(">Labels<", ">1 − Spearman on held-out prompts<");
  }

  @Test
  void drawsAPanelForEachCombinationOfAGrid() throws IOException {
    ReplaySettings settings =
        Examples.settings(Source.GOLD).batchSizes(5, 10).dimensions(2, 4, 0).get();
    Results results = results(Examples.gold(16, 6, 8, 2), settings);
    CurveChart chart = curves(results, "logLoss");
    png("grid", chart, 1200, 700);
    assertThat(svg(chart, 1200, 700))
        .contains(">batches of 5 · 2 dimensions<")
        .contains(">batches of 10 · 4 dimensions<")
        .contains(">batches of 10 · all dimensions<");
  }

  @Test
  void drawsAFewPanelsOfALargeGrid() {
    int[] limits = IntStream.rangeClosed(1, 20).toArray();
    Results none =
        Examples.results(
            Examples.settings(Source.GOLD).batchSizes(5, 10).limits(limits).get(), Map.of());
    PanelPage first = PanelPage.of(none, null, 1);
    assertThat(first.titles()).hasSize(24).startsWith("batches of 5 · 1 candidates");
    assertThat(first.note()).isEqualTo("Panels 1 to 24 of 40; firstPanel=25 begins with others");
    assertThat(PanelPage.of(none, null, 25).titles()).hasSize(16);
    assertThat(svg(new CurveChart(none, "accuracy", first), 900, 600)).contains(first.note());
    assertThatThrownBy(() -> PanelPage.of(none, null, 41)).hasMessageContaining("from 1 to 40");
    assertThat(PanelPage.of(none, Axis.CANDIDATE_LIMIT, 1).titles())
        .containsExactly("batches of 5", "batches of 10");
  }

  @Test
  void drawsWhatBecomesOfADimensionOfTheGrid() throws IOException {
    ReplaySettings settings =
        Examples.settings(Source.GOLD).batchSizes(5, 10).dimensions(0, 2, 4).seeds(4).get();
    Results results = results(Examples.gold(16, 6, 8, 2), settings);
    Ablation ablation = Ablation.of(results, "oneMinusSpearman", settings.target());
    for (AblationFigure figure : AblationFigure.values()) {
      AblationChart chart =
          new AblationChart(
              results,
              ablation,
              Axis.DIMENSION,
              figure,
              figure.words("oneMinusSpearman"),
              PanelPage.of(results, Axis.DIMENSION, 1));
      BufferedImage image = png("ablation-" + figure.name(), chart, 900, 500);
      assertThat(Examples.STRATEGIES)
          .allMatch(strategy -> shows(image, Palette.colour(strategy, Examples.STRATEGIES)));
      assertThat(svg(chart, 900, 500))
          .contains(">batches of 5<", ">batches of 10<", ">Dimensions<", ">2<", ">4<", ">all<");
    }
  }

  @Test
  void drawsWhatIsPicked() throws IOException {
    ReplaySettings settings = Examples.settings(Source.GOLD).seeds(1).get();
    ReplayData data = Examples.gold(30, 6, 8, 3);
    PlaneBasis basis = PlaneBasis.of(data.embeddings(), TestAlgebra.open());
    Plane plane = Plane.empty(180, basis.xWords(), basis.yWords());
    Matrix places = basis.places(data.embeddings(), TestAlgebra.open());
    for (int row = 0; row < 180; row++) {
      plane.x()[row] = places.get(row, 0);
      plane.y()[row] = places.get(row, 1);
    }
    PicksChart chart = new PicksChart(results(data, settings), plane, data.gold(), 20);
    BufferedImage image = png("picks", chart, 900, 320);
    assertThat(shows(image, Palette.scale(0.5 / 12))).isTrue();
    assertThat(svg(chart, 900, 320))
        .contains(">First principal component<", ">I_OPTIMAL<", ">RANDOM<");
  }

  @Test
  void drawsAnEmptyFrameWhereThereIsNothingYet() {
    Results none = Examples.results(Examples.settings(Source.GOLD).get(), Map.of());
    assertThat(svg(curves(none, "accuracy"), 300, 200)).contains(">Labels<");
    Plane plane = new Plane(new double[0], new double[0], "x", "y");
    assertThat(svg(new PicksChart(none, plane, new double[0], 5), 300, 200)).contains("<svg");
  }

  @Test
  void tellsAsManyStrategiesApartAsThereAre() {
    List<Strategy> all = List.of(Strategy.values());
    assertThat(
            all.stream()
                .map(strategy -> Palette.colour(strategy, all) + " " + describe(strategy, all))
                .distinct())
        .hasSize(all.size());
  }

  private static String describe(Strategy strategy, List<Strategy> all) {
    return Arrays.toString(((BasicStroke) Palette.stroke(strategy, all)).getDashArray());
  }
}
