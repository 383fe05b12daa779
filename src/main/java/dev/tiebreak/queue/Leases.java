package dev.tiebreak.queue;

import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.problem.ProblemType;
import dev.tiebreak.project.GrantedProjects;
import dev.tiebreak.project.Projects;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Leases that were given. */
@Service
class Leases {

  private final JdbcClient jdbc;
  private final Projects projects;
  private final Slots slots;
  private final ReturnedSlots returnedSlots;

  Leases(JdbcClient jdbc, Projects projects, Slots slots, ReturnedSlots returnedSlots) {
    this.jdbc = jdbc;
    this.projects = projects;
    this.slots = slots;
    this.returnedSlots = returnedSlots;
  }

  /** The lease that a client named, if its token is right. */
  private Optional<Lease> find(String text, GrantedProjects granted) {
    return Optional.ofNullable(findAll(Set.of(text), granted).get(text));
  }

  private record Key(String project, long number) {}

  /**
   * The leases that a client named, by those names; one that is unknown, has a wrong token or
   * belongs to a project that is not granted is left out. Their projects are not removed until the
   * transaction ends.
   */
  Map<String, Lease> findAll(Set<String> texts, GrantedProjects granted) {
    Map<String, LeaseName> names = new HashMap<>();
    texts.forEach(text ->
        LeaseName.parse(text)
            .filter(name -> granted.includes(name.project()))
            .ifPresent(name -> names.put(text, name)));
    Map<Key, Lease> stored = names.isEmpty() ? Map.of() : query(names.values());
    Map<String, Lease> leases = new HashMap<>();
    names.forEach((text, name) -> {
      Lease lease = stored.get(new Key(name.project(), name.number()));
      if (lease != null && MessageDigest.isEqual(lease.token(), name.token())) {
        leases.put(text, lease);
      }
    });
    return leases;
  }

  private Map<Key, Lease> query(Collection<LeaseName> names) {
    Map<Key, Lease> leases = new HashMap<>();
    jdbc.sql(
            """
            with named as materialized (
              select project_id, slug from project where slug = any(:slugs) order by project_id for key share)
            select n.slug, l.*
            from unnest(:slugs::text[], :numbers::bigint[]) as i(slug, lease)
            join named n on n.slug = i.slug
            join lease l on l.project_id = n.project_id and l.lease = i.lease
            """)
        .param("slugs", names.stream().map(LeaseName::project).toArray(String[]::new))
        .param("numbers", names.stream().map(LeaseName::number).toArray(Long[]::new))
        .query(row -> {
          Lease lease =
              new Lease(
                  row.getLong("project_id"),
                  row.getLong("lease"),
                  row.getBytes("token"),
                  row.getLong("comparison_id"),
                  row.getInt("slot"),
                  row.getString("annotator"),
                  row.getLong("left_response"),
                  row.getLong("right_response"));
          leases.put(new Key(row.getString("slug"), lease.number()), lease);
        });
    return leases;
  }

  /**
   * Gives a comparison back. One that the lease no longer holds is given back already; one that was
   * answered under it cannot be.
   */
  @Transactional
  void giveBack(String text, @Nullable String annotator, Caller caller) {
    Lease lease = require(text, annotator, caller);
    if (!returnedSlots.giveBack(lease) && slots.answered(lease)) {
      throw new ProblemException(
          ProblemType.LEASE_ENDED, "The comparison was answered under this lease");
    }
  }

  /** Prolongs a live lease by the project's lease time from now. */
  @Transactional
  Instant renew(String text, @Nullable String annotator, Caller caller) {
    Lease lease = require(text, annotator, caller);
    int seconds = projects.find(lease.projectId()).map(p -> p.settings().leaseSeconds()).orElse(0);
    return slots
        .renew(lease, seconds)
        .orElseThrow(() ->
            new ProblemException(
                ProblemType.LEASE_ENDED, "The lease has run out, was given back or answered"));
  }

  private Lease require(String text, @Nullable String named, Caller caller) {
    String annotator = caller.annotator(named);
    Lease lease =
        find(text, caller.projects())
            .orElseThrow(
                () -> new ProblemException(ProblemType.LEASE_NOT_FOUND, "There is no such lease"));
    if (annotator != null && !annotator.equals(lease.annotator())) {
      throw new ProblemException(
          ProblemType.ANOTHER_ANNOTATOR, "The lease was given to another annotator");
    }
    return lease;
  }
}
