package dev.tiebreak.candidate;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A response as it is stored; written by uploads only. */
@Entity
@Immutable
@Table(name = "response")
@IdClass(StoredResponse.Key.class)
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
class StoredResponse {

  /** The key: a place in the order of a project's first uploads. */
  record Key(long projectId, long ordinal) implements Serializable {}

  @Id private long projectId;
  @Id private long ordinal;
  private String responseId;
  private String promptId;
  private @Nullable String prompt;
  private @Nullable String response;

  @JdbcTypeCode(SqlTypes.JSON)
  private @Nullable String metadata;

  private byte[] embedding;
  private Instant createdAt;
  private Instant updatedAt;

  /** For Hibernate. */
  protected StoredResponse() {}
}
