package dev.tiebreak.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.project.ProjectSettings;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContractFormsTest {

  private final ContractForms forms;

  ContractFormsTest() throws IOException {
    forms = new ContractForms();
  }

  private FormField field(String schema, String name) {
    return forms.fields(schema).stream()
        .filter(field -> field.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everySettingOfAProjectHasAFieldInExactlyOneGroup() {
    List<String> names =
        SettingGroup.all(forms.fields("ProjectSettings")).stream()
            .flatMap(group -> group.fields().stream().map(FormField::name))
            .toList();

    assertThat(names)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(ProjectSettings.class.getRecordComponents())
                .map(RecordComponent::getName)
                .toList());
  }

  @Test
  void knowsDefaultsChoicesAndKinds() {
    assertThat(field("ProjectSettings", "dimension").required()).isTrue();
    FormField strategy = field("ProjectSettings", "strategy");
    assertThat(strategy.choices()).contains("RANDOM", "I_OPTIMAL").doesNotContain("null");
    assertThat(strategy.initial()).isEqualTo("I_OPTIMAL");
    assertThat(field("ProjectSettings", "batchSize").initial()).isEqualTo("100");
    assertThat(field("ProjectSettings", "batchSize").label()).isEqualTo("Batch size");
    assertThat(field("ProjectSettings", "priorPrecision").number()).isTrue();
    assertThat(field("ProjectSettings", "priorPrecision").description())
        .contains("AUTO")
        .doesNotContain("`");
    assertThat(field("ProjectSettings", "instructions").longText()).isTrue();
    assertThat(field("ProjectSettings", "verdictCost").initial()).isNull();
  }

  @Test
  void knowsListsAndLeavesObjectsOut() {
    FormField strategies = field("ReplaySettings", "strategies");
    assertThat(strategies.many()).isTrue();
    assertThat(strategies.choices()).contains("GREEDY_D_OPTIMAL");
    FormField sizes = field("ReplaySettings", "batchSizes");
    assertThat(sizes.many()).isTrue();
    assertThat(sizes.number()).isTrue();
    assertThat(forms.fields("ReplaySettings"))
        .extracting(FormField::name)
        .doesNotContain("target", "prices");
  }

  @Test
  void knowsWhatCanBeDownloaded() {
    assertThat(forms.mediaTypes("/projects/{project}/model"))
        .contains("application/json", "application/x-npy");
    assertThat(forms.choices("/projects/{project}/export", "format"))
        .contains("trl", "trl-implicit");
  }
}
