package dev.tiebreak.candidate;

/** The embeddings of one project do not fit into the memory that is set aside for them. */
public final class EmbeddingsTooLargeException extends RuntimeException {

  private static final long serialVersionUID = 1;

  EmbeddingsTooLargeException(long projectId, long needed, long limit) {
    super(
        "The embeddings of project "
            + projectId
            + " take "
            + needed
            + " bytes of memory, but tiebreak.candidate.resident-memory is "
            + limit
            + ": raise it, and the heap with it");
  }
}
