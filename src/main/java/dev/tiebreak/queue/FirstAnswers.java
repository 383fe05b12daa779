package dev.tiebreak.queue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** First answers under leases that are live: what nearly every verdict is. */
@Component
class FirstAnswers {

  private final JdbcClient jdbc;

  FirstAnswers(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** An answer and the lease that it is given under. */
  record Answer(Lease lease, VerdictInput input) {}

  /**
   * Answers the slots under these leases and appends the verdicts to the log, as counted, in one
   * statement. Left out is one whose lease is not live, or of whose annotator a judgement has been
   * imported since it was given.
   *
   * <p>The comparisons must be locked, and differ from each other.
   *
   * @return the verdicts' numbers, by the leases' numbers
   */
  Map<Long, Long> record(List<Answer> answers) {
    Map<Long, Long> verdicts = new HashMap<>();
    if (answers.isEmpty()) {
      return verdicts;
    }
    jdbc.sql(
            """
            with answer as materialized (
              select *
              from unnest(:projects::bigint[], :comparisons::bigint[], :slots::integer[], :leases::bigint[],
                  :left::bigint[], :right::bigint[], :preferences::text[], :annotators::text[],
                  :confidences::double precision[], :durations::bigint[], :comments::text[])
                with ordinality as a(project_id, comparison_id, slot, lease, left_response, right_response,
                  preference, annotator, confidence, duration_ms, comment, place)),
            answered as (
              update slot s
              set state = 'ANSWERED', expires_at = null
              from answer a
              where s.project_id = a.project_id and s.comparison_id = a.comparison_id and s.slot = a.slot
                and s.lease = a.lease and is_live(s.state, s.expires_at)
                and not exists (
                  select from counted_verdict v
                  where v.project_id = s.project_id and v.comparison_id = s.comparison_id
                    and v.annotator = s.annotator)
              returning a.*)
            insert into verdict (project_id, comparison_id, lease, left_response, right_response, preference,
              annotator, outcome, counted, confidence, duration_ms, comment)
            select project_id, comparison_id, lease, left_response, right_response, preference,
              annotator, 'COUNTED', true, confidence, duration_ms, comment
            from answered
            order by place
            returning lease, verdict_id
            """)
        .param("projects", column(answers, answer -> answer.lease().projectId(), Long[]::new))
        .param("comparisons", column(answers, answer -> answer.lease().comparisonId(), Long[]::new))
        .param("slots", column(answers, answer -> answer.lease().slot(), Integer[]::new))
        .param("leases", column(answers, answer -> answer.lease().number(), Long[]::new))
        .param("left", column(answers, answer -> answer.lease().leftResponse(), Long[]::new))
        .param("right", column(answers, answer -> answer.lease().rightResponse(), Long[]::new))
        .param("preferences", column(answers, a -> a.input().preference().name(), String[]::new))
        .param("annotators", column(answers, answer -> answer.lease().annotator(), String[]::new))
        .param("confidences", column(answers, answer -> answer.input().confidence(), Double[]::new))
        .param("durations", column(answers, answer -> answer.input().durationMs(), Long[]::new))
        .param("comments", column(answers, answer -> answer.input().comment(), String[]::new))
        .query(row -> {
          verdicts.put(row.getLong("lease"), row.getLong("verdict_id"));
        });
    return verdicts;
  }

  private static <T extends @Nullable Object> T[] column(
      List<Answer> answers, Function<Answer, T> value, IntFunction<T[]> array) {
    return answers.stream().map(value).toArray(array);
  }
}
