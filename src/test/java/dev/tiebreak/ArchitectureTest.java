package dev.tiebreak;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** Holds the packages to the uses that they are allowed. */
class ArchitectureTest {

  private static final String ROOT = "dev.tiebreak";

  /** What each package may use of ours. */
  private static final Map<String, Set<String>> USES =
      Map.ofEntries(
          entry("linalg", Set.of()),
          entry("preference", Set.of("linalg")),
          entry("design", Set.of("linalg", "preference")),
          entry("problem", Set.of("database")),
          entry("paging", Set.of("problem")),
          entry("body", Set.of("problem")),
          entry("project", Set.of("design", "preference", "database", "problem", "paging", "body")),
          entry("candidate", Set.of("project", "linalg", "database", "problem", "paging", "body")),
          entry("queue", Set.of("project", "candidate", "database", "problem", "paging", "body")),
          entry(
              "round",
              Set.of(
                  "project",
                  "candidate",
                  "preference",
                  "design",
                  "linalg",
                  "queue",
                  "idempotency",
                  "database",
                  "problem",
                  "paging",
                  "body")),
          entry(
              "exchange",
              Set.of(
                  "project",
                  "candidate",
                  "queue",
                  "round",
                  "preference",
                  "linalg",
                  "problem",
                  "paging",
                  "body")),
          entry("evaluation", Set.of("preference", "design")),
          entry(
              "replay",
              Set.of(
                  "project",
                  "candidate",
                  "preference",
                  "design",
                  "linalg",
                  "evaluation",
                  "queue",
                  "round",
                  "database",
                  "problem",
                  "paging",
                  "body")),
          entry(
              "insight",
              Set.of(
                  "project",
                  "preference",
                  "design",
                  "linalg",
                  "evaluation",
                  "round",
                  "database",
                  "problem")),
          entry("access", Set.of("project", "database", "problem", "paging", "body", "command")),
          entry("idempotency", Set.of("project", "database", "problem", "body")),
          entry("page", Set.of("access", "project", "queue")),
          entry("contract", Set.of()),
          entry("database", Set.of()),
          entry("probe", Set.of()),
          entry("command", Set.of()),
          entry("simulation", Set.of("evaluation", "command")));

  private static final Set<String> PURE = Set.of("linalg", "preference", "design", "evaluation");

  private static final String PURE_USES =
      "|(dev\\.tiebreak|java\\.lang|java\\.util|java\\.io|java\\.nio|org\\.jspecify"
          + "|jdk\\.incubator\\.vector|org\\.ojalgo)(\\..*)?";

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void modulesKeepTheirInsidesToThemselvesAndFormNoCycle() {
    ApplicationModules.of(TiebreakApplication.class).verify();
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(classes);
  }

  @Test
  void everyPackageIsFlatAndHasItsUsesWrittenDown() {
    Set<String> packages = new TreeSet<>();
    classes.forEach(type -> packages.add(type.getPackageName()));
    packages.remove(ROOT);

    assertThat(packages)
        .containsExactlyInAnyOrderElementsOf(
            USES.keySet().stream().map(name -> ROOT + "." + name).toList());
  }

  @Test
  void everyPackageUsesWhatIsWrittenDownAndNothingElse() {
    Map<String, Set<String>> uses = new TreeMap<>();
    USES.keySet().forEach(name -> uses.put(name, new TreeSet<>()));
    for (JavaClass type : classes) {
      String from = room(type);
      type.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass())
          .filter(target -> target.getPackageName().startsWith(ROOT))
          .map(ArchitectureTest::room)
          .filter(to -> !from.isEmpty() && !to.equals(from))
          .forEach(to -> uses.computeIfAbsent(from, name -> new TreeSet<>()).add(to));
    }

    assertThat(uses).containsExactlyInAnyOrderEntriesOf(USES);
  }

  @Test
  void thePureCoreKnowsNoFramework() {
    for (String room : PURE) {
      ArchRuleDefinition.noClasses()
          .that()
          .resideInAPackage(ROOT + "." + room)
          .should()
          .dependOnClassesThat(
              DescribedPredicate.describe(
                  "are neither ours, nor of the language, nor mathematics",
                  target -> !target.getPackageName().matches(PURE_USES)))
          .check(classes);
    }
  }

  private static String room(JavaClass type) {
    String name = type.getPackageName();
    return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
  }
}
