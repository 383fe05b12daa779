package dev.tiebreak.contract.generated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import dev.tiebreak.OwnerSql;
import dev.tiebreak.contract.generated.PlantedDefects.Defect;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.Environment;

/** Each rule sees what breaks it. */
@IntegrationTest
class PlantedDefectsIT {

  private static final long SEED = 7;
  private static final int REQUESTS = 300;
  private static final int SLICE = 30;

  private final Http http;
  private final Environment environment;
  private final PlantedDefects defects;

  PlantedDefectsIT(Http http, Environment environment, PlantedDefects defects) {
    this.http = http;
    this.environment = environment;
    this.defects = defects;
  }

  @Test
  void everyDefectIsSeenByItsRule() throws Exception {
    Map<Defect, String> unseen = new EnumMap<>(Defect.class);
    try (Campaign campaign = new Campaign(SEED, 9, http, OwnerSql.of(environment))) {
      for (Defect defect : Defect.values()) {
        Tally tally = new Tally();
        campaign.rest();
        defects.plant(defect);
        for (int first = 0; first < REQUESTS && !tally.isBroken(defect.rule()); first += SLICE) {
          campaign.run(first, SLICE, tally);
        }
        defects.plant(null);
        if (!tally.isBroken(defect.rule())) {
          unseen.put(defect, tally.broken().keySet().toString());
        }
      }
      campaign.clear();
    } finally {
      defects.plant(null);
    }
    assertThat(unseen).isEmpty();
  }

  @Test
  void noRuleIsWithoutADefect() {
    EnumSet<Rule> rules = EnumSet.noneOf(Rule.class);
    for (Defect defect : Defect.values()) {
      rules.add(defect.rule());
    }
    assertThat(rules).containsExactlyInAnyOrder(Rule.values());
  }
}
