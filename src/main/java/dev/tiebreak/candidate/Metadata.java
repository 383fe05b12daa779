package dev.tiebreak.candidate;

import java.util.HashMap;
import java.util.Map;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Numbers that clients keep in the metadata of responses. */
@Service
public class Metadata {

  private final JdbcClient requests;
  private final JdbcClient background;

  Metadata(JdbcClient requests, @Qualifier("roundJdbcClient") JdbcClient background) {
    this.requests = requests;
    this.background = background;
  }

  /** Whether a response has a number in a top-level field. */
  public boolean hasNumber(long projectId, String field) {
    return requests
        .sql(
            """
            select exists (
              select from response
              where project_id = :project and jsonb_typeof(metadata -> :field) = 'number')
            """)
        .param("project", projectId)
        .param("field", field)
        .query(Boolean.class)
        .single();
  }

  /**
   * The number in a top-level field, by the response's ordinal. Responses without the field, with
   * anything else in it or with a number beyond float64 are left out.
   */
  public Map<Long, Double> numbers(long projectId, String field) {
    return numbers(requests, projectId, field);
  }

  /** As {@link #numbers(long, String)}, over the connections of rounds: as long as it takes. */
  public Map<Long, Double> numbersInBackground(long projectId, String field) {
    return numbers(background, projectId, field);
  }

  private static Map<Long, Double> numbers(JdbcClient jdbc, long projectId, String field) {
    Map<Long, Double> numbers = new HashMap<>();
    jdbc.sql(
            """
            select ordinal, metadata ->> :field as number
            from response
            where project_id = :project and jsonb_typeof(metadata -> :field) = 'number'
            """)
        .param("project", projectId)
        .param("field", field)
        .query(row -> {
          double number = Double.parseDouble(row.getString("number"));
          if (Double.isFinite(number)) {
            numbers.put(row.getLong("ordinal"), number);
          }
        });
    return numbers;
  }
}
