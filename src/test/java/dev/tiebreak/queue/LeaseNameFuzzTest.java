package dev.tiebreak.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import dev.tiebreak.Fuzz;

class LeaseNameFuzzTest {

  @Fuzz
  void whatIsReadIsWrittenAsOneLeaseAlone(FuzzedDataProvider data) {
    String text = data.consumeRemainingAsString();
    LeaseName.parse(text)
        .ifPresent(lease -> {
          assertThat(lease.number()).isPositive();
          assertThat(lease.token()).hasSize(16);
          assertThat(lease.text()).hasSizeLessThanOrEqualTo(200);
          LeaseName again = LeaseName.parse(lease.text()).orElseThrow();
          assertThat(again.project()).isEqualTo(lease.project());
          assertThat(again.number()).isEqualTo(lease.number());
          assertThat(again.token()).isEqualTo(lease.token());
        });
  }
}
