package dev.tiebreak.chaos;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A fault put into the service on purpose, in the tests' processes alone: its statements are
 * rewritten on their way to the database, or the schema is altered. Each must be found by the check
 * that it names.
 */
enum Mutation {
  /** The service as it is. */
  NONE(null),
  /** A verdict counts whatever has become of its lease. */
  NO_FENCE(
      Check.OVER_ASKED, rule(Sql.FENCE, "and s.state in ('LEASED', 'ANSWERED')" + Sql.FENCE_END)),
  /** Counts the answers, then takes one more; no lock decides. */
  COUNT_THEN_INSERT(
      Check.OVER_ASKED,
      rule(
          Sql.FENCE,
          "and s.state in ('LEASED', 'ANSWERED') and ("
              + Sql.ANSWERS
              + ") < 2 and (select pg_sleep(0.1)) is not null"
              + Sql.FENCE_END),
      rule("comparison_id = l.c for no key update", "comparison_id = l.c"),
      rule("comparison_id = l.c order by slot for update", "comparison_id = l.c")),
  /** Nothing keeps an annotator from a comparison's second slot: no constraint, no condition. */
  NO_UNIQUE_ANNOTATOR(
      Check.COUNTED_TWICE,
      List.of("alter table slot drop constraint slot_annotator_unique"),
      rule("(o.annotator = ? or o.state", "((o.annotator = ? and false) or o.state"),
      rule("and v.annotator = ? limit 1", "and v.annotator = ? and false limit 1"),
      rule("and v.annotator = s.annotator)", "and v.annotator = s.annotator and false)")),
  /** What an annotator has judged or skipped is not asked for when leases are given. */
  FORGETS_SKIPS(
      Check.SHOWN_TWICE,
      rule("and v.annotator = ? limit 1", "and v.annotator = ? and false limit 1")),
  /** Two may pick the same slot. */
  NO_ROW_LOCK(
      Check.HELD_BY_TWO, rule("limit ? for update skip locked) select p.", "limit ?) select p.")),
  /** Leases run by each process's own clock. */
  APPLICATION_CLOCK(
      Check.OFFERED_EARLY,
      sql ->
          Sql.LIVE.matcher(sql).replaceAll("($1state = 'LEASED' and $1expires_at > " + now() + ")"),
      sql -> Sql.freedAt(sql, now()),
      sql -> sql.replace("g.leased_at + make_interval", now() + " + make_interval")),
  /** An expired lease's slot is freed a second before its time. */
  FREED_EARLY(Check.OFFERED_EARLY, sql -> Sql.freedAt(sql, "clock_timestamp() + interval '1 s'")),
  /** Expired leases are never freed. */
  NEVER_FREED(Check.OFFERED_LATE, sql -> Sql.freedAt(sql, "timestamptz '-infinity'")),
  /** Commits do not wait for the disk, and readiness does not look. */
  ASYNCHRONOUS_COMMIT(
      Check.LOST,
      List.of("alter system set wal_writer_delay = '10s'", "select pg_reload_conf()"),
      rule("SET statement_timeout", "SET synchronous_commit = off; SET statement_timeout"),
      rule("having count(*) > 0", "having count(*) > 99")),
  /** The answer is sent before the commit. */
  ACKNOWLEDGES_FIRST(Check.LOST),
  /** A revision changes the row that it revises. */
  OVERWRITES(
      Check.LOST,
      List.of(
          """
          create function overwrite() returns trigger language plpgsql security definer as $$
          begin
            update public.verdict set preference = new.preference
            where project_id = new.project_id and verdict_id = new.replaces;
            return new;
          end $$
          """,
          """
          create trigger overwrite after insert on verdict
          for each row when (new.replaces is not null) execute function overwrite()
          """)),
  /** A fit reads up to the greatest number instead of what its snapshot shows. */
  GREATEST_NUMBER(
      Check.WATERMARK,
      rule(
          "and pg_visible_in_snapshot(v.transaction_id, ?::pg_snapshot) and not exists ( select"
              + " from verdict r",
          "and (?::pg_snapshot is not null) and v.verdict_id <= (select max(verdict_id) from"
              + " verdict) and not exists ( select from verdict r")),
  /** A revision is taken although a fit has used what it revises. */
  REVISES_WHAT_IS_FITTED(
      Check.FITTED_THEN_REVISED,
      rule("and v.verdict_id = any(?)", "and v.verdict_id = any(?) and false")),
  /** Rounds are published whatever epoch it is. */
  NO_EPOCH(
      Check.PUBLISHED_ONCE,
      rule(Sql.EPOCH + " and holder = ?", Sql.ANY_EPOCH + " and (holder = ? or true)"),
      rule(Sql.EPOCH, Sql.ANY_EPOCH)),
  /** Who has the host's name is believed to hold the round already. */
  HOST_NAME_IDENTITY(
      Check.PUBLISHED_ONCE,
      rule("where (s.held_until is null or s.held_until <= clock_timestamp())", "where true"),
      rule("and (held_until is null or held_until <= clock_timestamp())", " "),
      rule(Sql.EPOCH + " and holder = ?", Sql.ANY_EPOCH + " and (holder = ? or true)"),
      rule(Sql.EPOCH, Sql.ANY_EPOCH)),
  /** The driver waits for ever, and nobody watches. */
  NO_SOCKET_TIMEOUT(Check.ANSWERS);

  /** Parts of the service's statements. */
  private static final class Sql {
    static final String FENCE_END = " and not exists ( select from counted_verdict";
    static final String FENCE =
        "and s.lease = a.lease and is_live(s.state, s.expires_at)" + FENCE_END;
    static final String ANSWERS =
        "select count(*) from counted_verdict c where c.project_id = s.project_id and"
            + " c.comparison_id = s.comparison_id";
    static final Pattern LIVE =
        Pattern.compile("is_live\\(([a-z]*\\.?)state, [a-z]*\\.?expires_at\\)");
    static final String EPOCH = "where project_id = ? and epoch = ?";
    static final String ANY_EPOCH = "where project_id = ? and (epoch = ? or true)";

    static String freedAt(String sql, String moment) {
      return sql.replace("expires_at <= (select clock_timestamp())", "expires_at <= " + moment);
    }
  }

  /** The system property with the offset of a process's clock, in milliseconds. */
  static final String SKEW = "chaos.skew";

  private final @Nullable Check caughtBy;
  private final List<String> schema;
  private final List<UnaryOperator<String>> rules;

  @SafeVarargs
  Mutation(@Nullable Check caughtBy, UnaryOperator<String>... rules) {
    this(caughtBy, List.of(), rules);
  }

  @SafeVarargs
  Mutation(@Nullable Check caughtBy, List<String> schema, UnaryOperator<String>... rules) {
    this.caughtBy = caughtBy;
    this.schema = schema;
    this.rules = List.of(rules);
  }

  /** The original may have any white space where it has some here. */
  private static UnaryOperator<String> rule(String original, String replacement) {
    List<String> words = new ArrayList<>();
    for (String word : original.split(" ")) {
      words.add(Pattern.quote(word));
    }
    Pattern pattern = Pattern.compile(String.join("\\s+", words));
    return sql -> pattern.matcher(sql).replaceAll(Matcher.quoteReplacement(replacement));
  }

  /** What this process's clock shows. */
  private static String now() {
    return "timestamptz '" + Instant.now().plusMillis(Long.getLong(SKEW, 0)) + "'";
  }

  /** The check that must find it. */
  @Nullable Check caughtBy() {
    return caughtBy;
  }

  /** What the owner does to the schema. */
  List<String> schema() {
    return schema;
  }

  /** How statements are rewritten; each rule has to find one of the service's. */
  List<UnaryOperator<String>> rules() {
    return rules;
  }
}
