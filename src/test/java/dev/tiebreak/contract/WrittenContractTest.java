package dev.tiebreak.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.WrittenContract;
import dev.tiebreak.problem.ProblemType;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WrittenContractTest {

  @Test
  void parsesWithoutAnyMessage() {
    assertThat(WrittenContract.errors()).isNullOrEmpty();
    assertThat(WrittenContract.document().getOpenapi()).startsWith("3.1.");
  }

  @Test
  void describesEveryOperation() {
    assertThat(operations())
        .isNotEmpty()
        .allSatisfy(operation -> {
          assertThat(operation.getOperationId()).isNotBlank();
          assertThat(operation.getSummary()).isNotBlank();
          assertThat(operation.getDescription()).isNotBlank();
          assertThat(operation.getTags()).hasSize(1);
          assertThat(operation.getResponses()).isNotEmpty();
          assertThat(operation.getResponses().keySet()).allMatch(s -> s.matches("[2345]\\d\\d"));
        });
  }

  @Test
  void namesEveryOperationOnce() {
    assertThat(operations().map(Operation::getOperationId)).doesNotHaveDuplicates();
  }

  @Test
  void usesEveryComponent() {
    List<String> unused =
        Stream.of(
                names("schemas", WrittenContract.document().getComponents().getSchemas().keySet()),
                names(
                    "responses",
                    WrittenContract.document().getComponents().getResponses().keySet()),
                names(
                    "parameters",
                    WrittenContract.document().getComponents().getParameters().keySet()),
                names("headers", WrittenContract.document().getComponents().getHeaders().keySet()))
            .flatMap(s -> s)
            .filter(reference -> !WrittenContract.text().contains("'" + reference + "'"))
            .toList();
    assertThat(unused).isEmpty();
  }

  private static Stream<String> names(String kind, java.util.Set<String> names) {
    return names.stream().map(name -> "#/components/" + kind + "/" + name);
  }

  @ParameterizedTest
  @EnumSource
  void documentsTheProblem(ProblemType type) throws IOException {
    assertThat(WrittenContract.text())
        .contains("    | `" + type.uri() + "` | " + type.status().value() + " |")
        .contains("            - " + type.uri() + "\n");
    assertThat(Files.readString(Path.of("docs/problems.md")))
        .contains("\n## " + type.slug() + "\n");
  }

  @Test
  void knowsNoOtherProblem() throws IOException {
    List<String> slugs = Arrays.stream(ProblemType.values()).map(ProblemType::slug).toList();
    assertThat(headings()).containsExactlyElementsOf(slugs);
    assertThat(slugsOfTheTable()).containsExactlyElementsOf(slugs);
  }

  private static List<String> headings() throws IOException {
    return Files.readAllLines(Path.of("docs/problems.md")).stream()
        .filter(line -> line.startsWith("## "))
        .map(line -> line.substring(3))
        .toList();
  }

  private static List<String> slugsOfTheTable() {
    return WrittenContract.text()
        .lines()
        .filter(line -> line.startsWith("    | `/problems/"))
        .map(line -> line.substring("    | `/problems/".length(), line.indexOf("` |")))
        .toList();
  }

  private static Stream<Operation> operations() {
    return WrittenContract.document().getPaths().values().stream()
        .map(PathItem::readOperations)
        .flatMap(List::stream);
  }
}
