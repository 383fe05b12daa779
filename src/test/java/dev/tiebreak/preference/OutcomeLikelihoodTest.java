package dev.tiebreak.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OutcomeLikelihoodTest {

  @ParameterizedTest
  @CsvSource({"0, 0.3", "1.7, 0", "-1.7, 2", "12, 5", "-30, 0.01"})
  void itIsThatOfTheThreeProbabilities(double t, double nu) {
    double z = Math.exp(t / 2) + Math.exp(-t / 2) + nu;
    double a = Math.exp(t / 2) / z;
    double b = Math.exp(-t / 2) / z;
    double tie = nu / z;
    double eta = nu == 0 ? 0 : Math.log(nu);
    double ties = nu == 0 ? 0 : 4;
    OutcomeLikelihood found = OutcomeLikelihood.at(t, 2.5, 1, ties, nu, eta);
    double n = 3.5 + ties;
    double expected = 2.5 * Math.log(a) + Math.log(b) + (ties == 0 ? 0 : ties * Math.log(tie));
    assertThat(found.logLikelihood()).isCloseTo(expected, within(1e-12 * (1 + Math.abs(expected))));
    assertThat(found.slope()).isCloseTo((1.5 - n * (a - b)) / 2, within(1e-12));
    assertThat(found.tieSlope()).isCloseTo(ties - n * tie, within(1e-12));
    assertThat(found.information()).isCloseTo(n * (a + b - (a - b) * (a - b)) / 4, within(1e-12));
    assertThat(found.coupling()).isCloseTo(-n * (a - b) * tie / 2, within(1e-12));
    assertThat(found.tieInformation()).isCloseTo(n * tie * (1 - tie), within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-3, 3, 40, 800, -800, 1e4})
  void withoutTiesItIsTheLogisticModel(double t) {
    OutcomeLikelihood found = OutcomeLikelihood.at(t, 1, 0, 0, 0, 0);
    double logSigmoid = Math.min(t, 0) - Math.log1p(Math.exp(-Math.abs(t)));
    assertThat(found.logLikelihood()).isCloseTo(logSigmoid, within(1e-15 * (1 + Math.abs(t))));
    assertThat(found.slope()).isCloseTo(Logistic.sigmoid(-t), within(1e-15));
    assertThat(found.information()).isCloseTo(Logistic.variance(t), within(1e-15));
    assertThat(found.coupling()).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 1, 4})
  void theInformationFallsWithTheLogitUpToFour(double nu) {
    assertThat(Logistic.variance(0, nu)).isCloseTo(0.5 / (2 + nu), within(1e-15));
    for (double t = 0; t < 20; t += 0.1) {
      assertThat(Logistic.variance(t + 0.1, nu)).isLessThan(Logistic.variance(t, nu));
    }
    assertThat(Logistic.variance(2000, nu)).isZero();
  }
}
