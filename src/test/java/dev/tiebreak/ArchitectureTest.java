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
          entry("problem", Set.of()),
          entry("paging", Set.of("problem")),
          entry("body", Set.of("problem")),
          entry("project", Set.of("design", "preference", "problem", "paging", "body")),
          entry("candidate", Set.of("project", "linalg", "database", "problem", "paging", "body")),
          entry("queue", Set.of("project", "candidate", "problem", "paging", "body")),
          entry(
              "round",
              Set.of(
                  "project",
                  "candidate",
                  "preference",
                  "design",
                  "linalg",
                  "queue",
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
          entry("access", Set.of("problem")),
          entry("contract", Set.of("problem")),
          entry("database", Set.of()),
          entry("probe", Set.of()),
          entry("simulation", Set.of()));

  private static final Set<String> PURE = Set.of("linalg", "preference", "design");

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
  void everyPackageUsesOnlyWhatItMay() {
    Map<String, Set<String>> forbidden = new TreeMap<>();
    for (JavaClass type : classes) {
      String from = room(type);
      if (from.isEmpty()) {
        continue;
      }
      type.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass())
          .filter(target -> target.getPackageName().startsWith(ROOT))
          .filter(target ->
              !room(target).equals(from)
                  && !USES.getOrDefault(from, Set.of()).contains(room(target)))
          .forEach(target ->
              forbidden
                  .computeIfAbsent(from, name -> new TreeSet<>())
                  .add(type.getSimpleName() + " -> " + target.getName()));
    }

    assertThat(forbidden).isEmpty();
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
                  "belong to a framework, to persistence, HTTP or logging",
                  target ->
                      target
                          .getPackageName()
                          .matches(
                              "(org\\.springframework|jakarta|org\\.slf4j|java\\.sql|java\\.net)\\b.*")))
          .check(classes);
    }
  }

  private static String room(JavaClass type) {
    String name = type.getPackageName();
    return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
  }
}
