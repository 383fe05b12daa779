package dev.tiebreak.contract.generated;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the database holds of some projects, as texts that differ where anything does. */
final class StateDigest {

  /** Whatever a request could change; what is counted or computed from these is left out. */
  private static final List<String> TABLES =
      List.of(
          "response",
          "response_tally",
          "comparison",
          "slot",
          "lease",
          "verdict",
          "round",
          "fit",
          "batch",
          "selection",
          "replay");

  private static final String DIGEST =
      TABLES.stream()
          .map(table ->
              """
              select '%1$s ' || md5(coalesce(string_agg(row, '' order by row), ''))
              from (select md5(t::text) as row from %1$s t join wanted using (project_id))
              """
                  .formatted(table))
          .collect(
              Collectors.joining(
                  " union all ",
                  """
                  with wanted as (select * from project where slug like :prefix)
                  select 'project ' || md5(coalesce(string_agg(w::text, '' order by slug), ''))
                  from wanted w
                  union all
                  """,
                  ""));

  private final JdbcClient owner;
  private final String prefix;

  /** Of the projects whose names begin so. */
  StateDigest(JdbcClient owner, String prefix) {
    this.owner = owner;
    this.prefix = prefix + "%";
  }

  /** A line for each table. */
  Set<String> now() {
    return Set.copyOf(texts(DIGEST));
  }

  /** Whether rounds or replays are still at work. */
  boolean isBusy() {
    return owner
        .sql(
            """
            select exists (select from round join project p using (project_id)
                           where p.slug like :prefix and state in ('QUEUED', 'RUNNING'))
                or exists (select from replay join project p using (project_id)
                           where p.slug like :prefix and state in ('QUEUED', 'RUNNING'))
            """)
        .param("prefix", prefix)
        .query(Boolean.class)
        .single();
  }

  /** The paths of replays that are still at work. */
  List<String> replays() {
    return texts(
        """
        select '/projects/' || slug || '/replays/' || number
        from replay join project p using (project_id)
        where p.slug like :prefix and state in ('QUEUED', 'RUNNING')
        """);
  }

  private List<String> texts(String query) {
    return owner
        .sql(query)
        .param("prefix", prefix)
        .query((row, number) -> Objects.requireNonNull(row.getString(1)))
        .list();
  }
}
