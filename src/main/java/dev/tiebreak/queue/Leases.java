package dev.tiebreak.queue;

import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.problem.ProblemType;
import dev.tiebreak.project.Project;
import dev.tiebreak.project.Projects;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;
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

  Leases(JdbcClient jdbc, Projects projects, Slots slots) {
    this.jdbc = jdbc;
    this.projects = projects;
    this.slots = slots;
  }

  /** The lease that a client named, if its token is right. */
  Optional<Lease> find(String text) {
    return LeaseName.parse(text)
        .flatMap(name -> projects.find(name.project()).flatMap(project -> find(project, name)));
  }

  private Optional<Lease> find(Project project, LeaseName name) {
    return jdbc.sql(
            """
            select lease, token, comparison_id, slot, annotator, left_response, right_response
            from lease
            where project_id = :project and lease = :lease
            """)
        .param("project", project.projectId())
        .param("lease", name.number())
        .query((row, number) ->
            new Lease(
                project.projectId(),
                row.getLong("lease"),
                row.getBytes("token"),
                row.getLong("comparison_id"),
                row.getInt("slot"),
                row.getString("annotator"),
                row.getLong("left_response"),
                row.getLong("right_response")))
        .optional()
        .filter(lease -> MessageDigest.isEqual(lease.token(), name.token()));
  }

  /**
   * Gives a comparison back. One that the lease no longer holds is given back already; one that was
   * answered under it cannot be.
   */
  @Transactional
  void giveBack(String text, @Nullable String annotator) {
    Lease lease = require(text, annotator);
    if (!slots.giveBack(lease) && slots.answered(lease)) {
      throw new ProblemException(
          ProblemType.LEASE_ENDED, "The comparison was answered under this lease");
    }
  }

  /** Prolongs a live lease by the project's lease time from now. */
  @Transactional
  Instant renew(String text, @Nullable String annotator) {
    Lease lease = require(text, annotator);
    int seconds = projects.find(lease.projectId()).map(p -> p.settings().leaseSeconds()).orElse(0);
    return slots
        .renew(lease, seconds)
        .orElseThrow(() ->
            new ProblemException(
                ProblemType.LEASE_ENDED, "The lease has run out, was given back or answered"));
  }

  private Lease require(String text, @Nullable String annotator) {
    Lease lease =
        find(text)
            .orElseThrow(
                () -> new ProblemException(ProblemType.LEASE_NOT_FOUND, "There is no such lease"));
    if (annotator != null && !annotator.equals(lease.annotator())) {
      throw new ProblemException(
          ProblemType.ANOTHER_ANNOTATOR, "The lease was given to another annotator");
    }
    return lease;
  }
}
