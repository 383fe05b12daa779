package dev.tiebreak.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiebreak.Answer;
import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import dev.tiebreak.OwnerSql;
import dev.tiebreak.RemoteProject;
import dev.tiebreak.WrongWhere;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/**
 * Of two projects that hold rows of every kind, statements in one's scope never reach the other's.
 */
@IntegrationTest
class RowLevelSecurityIT {

  private static final String HELD =
      """
      select c.relname
      from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'project_id'
      where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')
      """;

  private final Http http;
  private final JdbcClient service;
  private final JdbcClient owner;
  private final TransactionTemplate transaction;
  private final WrongWhere wrongWhere;
  private RemoteProject ours;
  private RemoteProject theirs;

  RowLevelSecurityIT(
      Http http,
      JdbcClient service,
      TransactionTemplate transaction,
      WrongWhere wrongWhere,
      Environment environment) {
    this.http = http;
    this.service = service;
    this.owner = OwnerSql.of(environment);
    this.transaction = transaction;
    this.wrongWhere = wrongWhere;
  }

  @BeforeEach
  void fillTwoProjects() {
    ours = filled("ours");
    theirs = filled("theirs");
  }

  private RemoteProject filled(String name) {
    RemoteProject project =
        RemoteProject.create(http, name, Map.of("dimension", 3, "batchSize", 10, "overlap", 2));
    project.uploadRandom(6, 4, 1);
    project.refit();
    List<JsonNode> items = project.next(name + "-annotator", 5);
    items.subList(0, 3).forEach(item -> project.answer(item, "LEFT"));
    http.postJson(
            project.path("/verdicts"),
            Map.of(
                "verdicts", List.of(RemoteProject.judgement("r0", "r1", "LEFT", name + "-judge"))),
            "Idempotency-Key",
            "key")
        .expect(200);
    project.judge(0, 1, "LEFT", name + "-other-judge");
    project.refit();
    http.get(project.path("/progress")).expect(200);
    long id = project.id(owner);
    execute(
        "insert into insight_score select %d, number, 'RANDOM', 1, 0, 1, 0, 0 from fit where project_id = %d"
                .formatted(id, id)
            + " on conflict do nothing");
    execute(
        "insert into insight_duration values (%d, 'a', 1, 1) on conflict do nothing".formatted(id));
    execute(
        "insert into replay (project_id, number, state, settings, cells, finished_at, started_at)"
            + " values (%d, 1000, 'DONE', '{}', 1, now(), now())".formatted(id));
    execute("insert into replay_cell values (%d, 1000, 0, '{}', 1)".formatted(id));
    execute(
        "insert into staged_response_intake (upload_id, row_number, project_id, response_id, prompt_id, embedding)"
            + " values ('%s', 1, %d, 'r', 'p', '')".formatted(UUID.randomUUID(), id));
    return project;
  }

  private void execute(String sql) {
    owner.sql(sql).update();
  }

  /** The tables with rows of projects that the service may do this with. */
  private List<String> tables(String privilege) {
    return owner
        .sql(HELD + " and has_table_privilege('tiebreak_service', c.oid, ?) order by 1")
        .param(privilege)
        .query((row, number) -> row.getString(1))
        .list();
  }

  private long count(String table, RemoteProject project) {
    return owner
        .sql("select count(*) from " + table + " where project_id = ?")
        .param(project.id(owner))
        .query(Long.class)
        .single();
  }

  @Test
  void noTableOfProjectsForgetsTheWall() {
    assertThat(
            owner
                .sql(
                    HELD
                        + """
                        and has_table_privilege('tiebreak_service', c.oid, 'select, update, delete')
                        and not (c.relrowsecurity and c.relforcerowsecurity
                                 and exists (select from pg_policy p where p.polrelid = c.oid))
                        """)
                .query(String.class)
                .list())
        .isEmpty();
    // what the service can but add to, by COPY, a trigger guards
    assertThat(
            owner
                .sql(
                    HELD
                        + """
                        and has_table_privilege('tiebreak_service', c.oid, 'insert') and not c.relrowsecurity
                        and not exists (
                          select from pg_trigger t
                          where t.tgrelid = c.oid and t.tgfoid = 'refuse_out_of_scope'::regproc)
                        """)
                .query(String.class)
                .list())
        .isEmpty();
    assertThat(
            owner
                .sql(
                    """
                    select relname from pg_class
                    where relnamespace = current_schema()::regnamespace and relkind = 'v'
                      and not coalesce(reloptions @> '{security_invoker=true}', false)
                    """)
                .query(String.class)
                .list())
        .as("views that read as their owner")
        .isEmpty();
    assertThat(tables("select")).hasSizeGreaterThan(20);
  }

  @Test
  void statementsWithoutAConditionReadOneProject() {
    for (String table : tables("select")) {
      assertThat(count(table, ours)).as("rows of " + table).isPositive();
      assertThat(count(table, theirs)).as("rows of " + table).isPositive();
      String sql = "select distinct project_id from " + table;
      assertThat(service.sql(sql).query(Long.class).list())
          .as(table)
          .contains(ours.id(owner), theirs.id(owner));
      assertThat(in(ours, () -> service.sql(sql).query(Long.class).list()))
          .as(table)
          .containsExactly(ours.id(owner));
      assertThat(nowhere(() -> service.sql(sql).query(Long.class).list())).as(table).isEmpty();
    }
    for (String view : List.of("counted_verdict", "comparison_state", "round_due")) {
      String sql = "select distinct project_id from " + view;
      assertThat(in(ours, () -> service.sql(sql).query(Long.class).list()))
          .as(view)
          .containsExactly(ours.id(owner));
    }
  }

  @Test
  void statementsWithoutAConditionChangeAndRemoveWithinOneProject() {
    for (String table : tables("update")) {
      String column = table.equals("project") ? "slug" : "project_id";
      String sql = "update " + table + " set " + column + " = " + column;
      assertThat(in(ours, () -> rolledBack(sql))).as(table).isEqualTo(count(table, ours));
      assertThat(nowhere(() -> rolledBack(sql))).as(table).isZero();
    }
    for (String table : tables("delete")) {
      String sql = "delete from " + table;
      assertThat(in(ours, () -> rolledBack(sql))).as(table).isEqualTo(count(table, ours));
    }
    assertThat(tables("delete")).contains("staged_response", "replay_cell");
  }

  private long rolledBack(String sql) {
    return transaction.execute(status -> {
      status.setRollbackOnly();
      return (long) service.sql(sql).update();
    });
  }

  @Test
  void nothingIsAddedToOrMovedToAnotherProject() {
    for (String table : tables("insert")) {
      String columns =
          owner
              .sql(
                  """
                  select string_agg(column_name, ', ') from information_schema.columns
                  where table_schema = current_schema() and table_name = ? and is_generated = 'NEVER'
                  """)
              .param(table)
              .query(String.class)
              .single();
      String row =
          owner
              .sql(
                  "select (to_jsonb(t) || jsonb_build_object('upload_id', gen_random_uuid()))::text from "
                      + table
                      + " t where project_id = ? limit 1")
              .param(theirs.id(owner))
              .query(String.class)
              .single();
      // as what it repeats is found first
      String sql =
          "insert into %1$s (%2$s) overriding system value select %2$s from jsonb_populate_record(null::%1$s, '%3$s')"
              .formatted(table, columns, row.replace("'", "''"));
      assertThatThrownBy(() -> in(ours, () -> rolledBack(sql)))
          .as(table)
          .rootCause()
          .hasMessageMatching(
              "(?s).*(violates row-level security policy|rows of a project that is not in scope).*");
    }
    for (String table : tables("update")) {
      String change =
          table.equals("project") ? "slug = 'elsewhere'" : "project_id = " + theirs.id(owner);
      assertThatThrownBy(() -> in(ours, () -> rolledBack("update " + table + " set " + change)))
          .as(table)
          .rootCause()
          .hasMessageContaining("violates row-level security policy");
    }
  }

  @Test
  void theScopeOfOneRequestIsNotThatOfTheNext() {
    for (int i = 0; i < 50; i++) {
      assertThat(in(ours, () -> service.sql("select slug from project").query(String.class).list()))
          .containsExactly(ours.slug());
      assertThat(
              in(theirs, () -> service.sql("select slug from project").query(String.class).list()))
          .containsExactly(theirs.slug());
      assertThat(nowhere(() -> service.sql("select slug from project").query(String.class).list()))
          .isEmpty();
    }
  }

  @Test
  void requestsLeakNothingWhereTheirStatementsForgetTheProject() {
    int before = wrongWhere.planted();
    for (String path :
        List.of(
            "/responses",
            "/responses?limit=1000",
            "/responses/r0",
            "/verdicts",
            "/refits/1",
            "/batches",
            "/batches/1",
            "/rewards",
            "/replays",
            "/export?format=trl",
            "/export?format=csv",
            "")) {
      Answer right = http.get(ours.path(path));
      Answer wrong = wrongWhere.during(ours.slug(), () -> http.get(ours.path(path)));

      assertThat(wrong.status()).as(path).isEqualTo(right.status());
      assertThat(wrong.text()).as(path).isEqualTo(right.text()).doesNotContain("theirs");
    }
    JsonNode batch =
        wrongWhere
            .during(
                ours.slug(),
                () -> http.get("/next-batch?size=20&annotator=x&project=" + ours.slug()))
            .expect(200)
            .json();
    assertThat(batch.path("items")).isNotEmpty();
    assertThat(batch.path("items"))
        .allSatisfy(
            item -> assertThat(item.path("lease").asString()).startsWith(ours.slug() + "."));
    assertThat(wrongWhere.planted()).as("wrong statements").isGreaterThan(before + 10);
  }

  private static <T> T in(RemoteProject project, ScopedValue.CallableOp<T, RuntimeException> work) {
    return ProjectScope.of(project.slug()).call(work);
  }

  private static <T> T nowhere(ScopedValue.CallableOp<T, RuntimeException> work) {
    return ProjectScope.of(List.of()).call(work);
  }
}
