package dev.tiebreak.replay;

import dev.tiebreak.paging.Page;
import dev.tiebreak.paging.PageRequest;
import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.problem.ProblemType;
import dev.tiebreak.project.KeptProject;
import dev.tiebreak.project.Project;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The stored replays. */
@Service
class Replays {

  /** That have not ended, of a project. */
  static final int MOST_WAITING = 20;

  private static final String SELECT =
      """
      select r.number, r.state, r.detail, r.cells, r.threads, r.settings::text as settings,
             r.requested_at, r.started_at, r.finished_at, d.done, d.wall_millis
      from replay r
      cross join lateral (
        select count(*) as done, coalesce(sum(wall_millis), 0)::bigint as wall_millis
        from replay_cell
        where project_id = r.project_id and number = r.number) d
      where r.project_id = :project and r.removed_at is null
      """;

  private final JdbcClient jdbc;
  private final JsonMapper json;

  Replays(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /** Asks for a replay; gives its number. */
  @Transactional
  long request(Project project, Supplier<ReplaySettings> settings) {
    if (!KeptProject.await(jdbc, project.projectId())) {
      throw ProblemException.projectRemoved();
    }
    jdbc.sql("select pg_advisory_xact_lock(hashtextextended('replay', :project))")
        .param("project", project.projectId())
        .query(rows -> {});
    ReplaySettings checked = settings.get();
    requireRoom(project);
    return jdbc.sql(
            """
            insert into replay (project_id, number, state, settings, cells)
            select :project, coalesce(max(number), 0) + 1, 'QUEUED', :settings::json, :cells
            from replay
            where project_id = :project
            returning number
            """)
        .param("project", project.projectId())
        .param("settings", json.writeValueAsString(checked))
        .param("cells", checked.cells())
        .query(Long.class)
        .single();
  }

  private void requireRoom(Project project) {
    long waiting =
        jdbc.sql(
                """
                select count(*) from replay
                where project_id = :project and state in ('QUEUED', 'RUNNING')
                """)
            .param("project", project.projectId())
            .query(Long.class)
            .single();
    if (waiting >= MOST_WAITING) {
      throw new ProblemException(
          ProblemType.TOO_MANY_REPLAYS,
          "%d replays of the project wait or run; cancel one, or wait for one to end"
              .formatted(waiting));
    }
  }

  /** Newest first. */
  @Transactional(readOnly = true)
  Page<ReplayView> page(Project project, PageRequest request) {
    List<ReplayView> rows =
        jdbc.sql(SELECT + " and r.number < :before order by r.number desc limit :limit")
            .param("project", project.projectId())
            .param("before", request.after(Long.MAX_VALUE))
            .param("limit", request.size() + 1)
            .query(this::view)
            .list();
    return Page.of(rows, request.size(), ReplayView::number);
  }

  ReplayView require(Project project, long number) {
    return jdbc.sql(SELECT + " and r.number = :number")
        .param("project", project.projectId())
        .param("number", number)
        .query(this::view)
        .optional()
        .orElseThrow(() -> missing(number));
  }

  static ProblemException missing(long number) {
    return new ProblemException(
        ProblemType.REPLAY_NOT_FOUND, "The project has no replay " + number);
  }

  /** Ends one that has not ended. One that has stays as it is. */
  @Transactional
  ReplayView cancel(Project project, long number) {
    require(project, number);
    jdbc.sql(
            """
            update replay
            set state = 'CANCELLED', finished_at = clock_timestamp(), holder = null, held_until = null
            where project_id = :project and number = :number and state in ('QUEUED', 'RUNNING')
            """)
        .param("project", project.projectId())
        .param("number", number)
        .update();
    return require(project, number);
  }

  /** Removes one with its results; one that has not ended is cancelled first. */
  @Transactional
  void remove(Project project, long number) {
    cancel(project, number);
    jdbc.sql(
            """
            update replay set removed_at = clock_timestamp()
            where project_id = :project and number = :number
            """)
        .param("project", project.projectId())
        .param("number", number)
        .update();
    jdbc.sql("delete from replay_cell where project_id = :project and number = :number")
        .param("project", project.projectId())
        .param("number", number)
        .update();
  }

  private ReplayView view(ResultSet row, int n) throws SQLException {
    ReplayState state = ReplayState.valueOf(row.getString("state"));
    return new ReplayView(
        row.getLong("number"),
        state,
        row.getString("detail"),
        ReplayView.Progress.of(
            row.getInt("cells"),
            row.getInt("done"),
            row.getLong("wall_millis"),
            row.getInt("threads"),
            state == ReplayState.RUNNING),
        shown(json.readTree(row.getString("settings"))),
        row.getObject("requested_at", OffsetDateTime.class).toInstant(),
        instant(row, "started_at"),
        instant(row, "finished_at"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  /** By the values that POST takes. */
  private static JsonNode shown(JsonNode settings) {
    ObjectNode shown = (ObjectNode) settings;
    boolean isGold = !shown.path("goldField").isNull();
    for (String name : List.of("goldScale", "priorPrecision", "priorExponent")) {
      if (shown.path(name).isNull() && (isGold || !name.equals("goldScale"))) {
        shown.put(name, "AUTO");
      }
    }
    for (String name : List.of("promptEffect", "annotatorReliability")) {
      if (shown.path(name).isNull()) {
        shown.put(name, "AUTO");
      } else if (shown.path(name).asDouble() == 0) {
        shown.put(name, "NONE");
      }
    }
    return shown;
  }
}
