package dev.tiebreak.page;

import java.util.ArrayList;
import java.util.List;

/**
 * Settings of a project that are told together.
 *
 * @param folded whether only those who look for it see it
 */
record SettingGroup(String title, boolean folded, List<FormField> fields) {

  private record Named(String title, List<String> names) {}

  private static final List<Named> GROUPS =
      List.of(
          new Named(
              "What is asked",
              List.of("dimension", "pairing", "overlap", "priority", "instructions")),
          new Named("What it may cost", List.of("verdictCost", "verdictBudget")),
          new Named(
              "How comparisons are chosen",
              List.of("strategy", "batchSize", "randomShare", "candidateLimit", "seed")),
          new Named(
              "When rounds run, and how long leases last",
              List.of("refitAfter", "lowWater", "leaseSeconds", "maxLeasesPerAnnotator")));

  private static final int OPEN = 2;

  /** All fields in groups: what no group names is in the last. */
  static List<SettingGroup> all(List<FormField> fields) {
    List<FormField> rest = new ArrayList<>(fields);
    List<SettingGroup> groups = new ArrayList<>();
    for (Named named : GROUPS) {
      List<FormField> some =
          named.names().stream()
              .flatMap(name -> fields.stream().filter(field -> field.name().equals(name)))
              .toList();
      rest.removeAll(some);
      groups.add(new SettingGroup(named.title(), groups.size() >= OPEN, some));
    }
    groups.add(new SettingGroup("The model and its prior", true, List.copyOf(rest)));
    return groups;
  }
}
