package dev.tiebreak.access;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import tools.jackson.databind.json.JsonMapper;

/** Writes down who did what. An entry belongs to the transaction of its act, where there is one. */
final class AuditTrail {

  private final JdbcClient jdbc;
  private final JsonMapper json = JsonMapper.shared();

  AuditTrail(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Adds an act of whoever is known to be at work in this thread. */
  void add(String action, @Nullable String project, Map<String, Object> detail) {
    jdbc.sql(
            """
            insert into audit (principal, action, project, request_id, detail)
            values (:principal, :action, :project, :request, :detail::jsonb)
            """)
        .param("principal", principal())
        .param("action", action)
        .param("project", project)
        .param("request", MDC.get(RequestIdFilter.LOG_KEY))
        .param("detail", json.writeValueAsString(detail))
        .update();
  }

  /**
   * Entries, the newest first, from the one before a number on.
   *
   * @param within only those about these projects; null: all
   */
  List<AuditEntry> list(long before, int most, @Nullable Set<String> within) {
    return jdbc.sql(
            """
            select * from audit
            where number < :before and (:within::text[] is null or project = any(:within::text[]))
            order by number desc
            limit :most
            """)
        .param("before", before)
        .param("within", within == null ? null : within.toArray(String[]::new))
        .param("most", most)
        .query((row, number) ->
            new AuditEntry(
                row.getLong("number"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("principal"),
                row.getString("action"),
                row.getString("project"),
                row.getString("request_id"),
                json.readTree(row.getString("detail"))))
        .list();
  }

  private static @Nullable String principal() {
    Authentication known = SecurityContextHolder.getContext().getAuthentication();
    return known instanceof KnownPrincipal principal ? principal.getName() : null;
  }
}
