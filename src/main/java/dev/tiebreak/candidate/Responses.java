package dev.tiebreak.candidate;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** What other modules ask about stored responses. A response is known by its ordinal. */
@Service
public class Responses {

  private final JdbcClient jdbc;

  Responses(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What is to be shown of responses, by ordinal; one that is not stored is left out. */
  public Map<Long, ResponseText> texts(long projectId, Collection<Long> ordinals) {
    Map<Long, ResponseText> texts = HashMap.newHashMap(ordinals.size());
    jdbc.sql(
            """
            select ordinal, response_id, prompt_id, prompt, response, metadata::text as metadata
            from response
            where project_id = :project and ordinal = any(:ordinals)
            """)
        .param("project", projectId)
        .param("ordinals", ordinals.toArray(Long[]::new))
        .query(row -> {
          texts.put(
              row.getLong("ordinal"),
              new ResponseText(
                  row.getString("response_id"),
                  row.getString("prompt_id"),
                  row.getString("prompt"),
                  row.getString("response"),
                  row.getString("metadata")));
        });
    return texts;
  }

  /** The ordinals of responses, by the ids that clients gave; one not stored is left out. */
  public Map<String, Long> ordinals(long projectId, Collection<String> responseIds) {
    Map<String, Long> ordinals = HashMap.newHashMap(responseIds.size());
    jdbc.sql(
            """
            select response_id, ordinal
            from response
            where project_id = :project and response_id = any(:ids)
            """)
        .param("project", projectId)
        .param("ids", responseIds.toArray(String[]::new))
        .query(row -> {
          ordinals.put(row.getString("response_id"), row.getLong("ordinal"));
        });
    return ordinals;
  }

  /** The ordinals of all responses, rising: the order of first upload. */
  public long[] ordinals(long projectId) {
    return jdbc
        .sql("select ordinal from response where project_id = :project order by ordinal")
        .param("project", projectId)
        .query(Long.class)
        .list()
        .stream()
        .mapToLong(Long::longValue)
        .toArray();
  }

  /** The embeddings of a few responses, by ordinal; one that is not stored is left out. */
  public Map<Long, float[]> embeddings(long projectId, Collection<Long> ordinals) {
    Map<Long, float[]> embeddings = HashMap.newHashMap(ordinals.size());
    jdbc.sql(
            """
            select ordinal, embedding
            from response
            where project_id = :project and ordinal = any(:ordinals)
            """)
        .param("project", projectId)
        .param("ordinals", ordinals.toArray(Long[]::new))
        .query(row -> {
          embeddings.put(row.getLong("ordinal"), Float32.read(row.getBytes("embedding")));
        });
    return embeddings;
  }
}
