package dev.tiebreak.candidate;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Reads responses, their embeddings only where they are asked for. */
interface StoredResponses extends Repository<StoredResponse, StoredResponse.Key> {

  /** A response's place and how many bytes it and those before it in the page take. */
  interface Extent {
    long getOrdinal();

    long getBytes();
  }

  @Query(
      nativeQuery = true,
      value =
          """
          select ordinal,
                 sum(100 + coalesce(octet_length(prompt), 0) + coalesce(octet_length(response), 0)
                   + coalesce(octet_length(metadata::text), 0) + octet_length(embedding))
                   over (order by ordinal) as bytes
          from (select * from response
                where project_id = :projectId and ordinal > :after
                order by ordinal
                limit :limit) page
          order by ordinal
          """)
  List<Extent> extents(long projectId, long after, int limit);

  String FROM = " from StoredResponse r where r.projectId = :projectId";
  String WITHOUT_EMBEDDING =
      "select new dev.tiebreak.candidate.ResponseRow(r.responseId, r.promptId, r.prompt,"
          + " r.response, r.metadata, null, r.createdAt, r.updatedAt)"
          + FROM;
  String WITH_EMBEDDING =
      "select new dev.tiebreak.candidate.ResponseRow(r.responseId, r.promptId, r.prompt,"
          + " r.response, r.metadata, r.embedding, r.createdAt, r.updatedAt)"
          + FROM;
  String BETWEEN = " and r.ordinal > :after and r.ordinal <= :last order by r.ordinal";
  String ONE = " and r.responseId = :responseId";

  @Query(WITHOUT_EMBEDDING + BETWEEN)
  List<ResponseRow> between(long projectId, long after, long last);

  @Query(WITH_EMBEDDING + BETWEEN)
  List<ResponseRow> withEmbeddingBetween(long projectId, long after, long last);

  @Query(WITHOUT_EMBEDDING + ONE)
  Optional<ResponseRow> find(long projectId, String responseId);

  @Query(WITH_EMBEDDING + ONE)
  Optional<ResponseRow> findWithEmbedding(long projectId, String responseId);
}
