package dev.tiebreak.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

class LoopbackGuardTest {

  @Configuration
  @EnableConfigurationProperties({ServerProperties.class, AccessProperties.class})
  @Import(LoopbackGuard.class)
  static class Guarded {}

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner().withUserConfiguration(Guarded.class);

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.0.0.9", "::1", "localhost"})
  void startsOnLoopback(String address) {
    runner
        .withPropertyValues("server.address=" + address)
        .run(context -> assertThat(context).hasNotFailed());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "10.1.2.3"})
  void refusesToStartElsewhere(String address) {
    runner
        .withPropertyValues("server.address=" + address)
        .run(context -> {
          assertThat(context).hasFailed();
          assertThat(context.getStartupFailure()).isInstanceOf(UnprotectedAddressException.class);
        });
  }

  @Test
  void refusesToStartOnAllAddressesByDefault() {
    runner.run(context ->
        assertThat(context.getStartupFailure()).isInstanceOf(UnprotectedAddressException.class));
  }

  @Test
  void keepsThePortForManagementOnLoopbackToo() {
    String[] open = {"server.address=127.0.0.1", "management.server.port=9090"};
    runner
        .withPropertyValues(open)
        .run(context ->
            assertThat(context.getStartupFailure())
                .isInstanceOf(UnprotectedAddressException.class));
    runner
        .withPropertyValues(open)
        .withPropertyValues("management.server.address=127.0.0.1")
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void startsElsewhereWhereThatIsAllowed() {
    runner
        .withPropertyValues("server.address=0.0.0.0", "tiebreak.access.allow-unauthenticated=true")
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void saysWhatToDoInstead() {
    var analysis =
        new UnprotectedAddressFailureAnalyzer()
            .analyze(new RuntimeException(), new UnprotectedAddressException("0.0.0.0"));
    assertThat(analysis.getDescription()).contains("0.0.0.0");
    assertThat(analysis.getAction())
        .contains("SERVER_ADDRESS=127.0.0.1", "TIEBREAK_ALLOW_UNAUTHENTICATED=true");
  }
}
