package dev.tiebreak.simulation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The service's messages, as far as this client reads or writes them. */
final class Contract {

  private Contract() {}

  /** A row of an upload; the embedding is base64 of little-endian float32. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Row(
      String promptId,
      String responseId,
      String embedding,
      @Nullable String prompt,
      @Nullable String response,
      @Nullable Map<String, Double> metadata) {}

  /** A choice that was made elsewhere. */
  record Judgement(String left, String right, Preference preference, String annotator) {}

  /** Choices that were made elsewhere. */
  record Judgements(List<Judgement> verdicts) {}

  /** A replay. */
  record Replay(long number, String state, @Nullable String detail, ReplayProgress progress) {
    boolean hasEnded() {
      return !state.equals("QUEUED") && !state.equals("RUNNING");
    }
  }

  /** How far a replay has come. */
  record ReplayProgress(int cells, int done, @Nullable Double secondsLeft) {}

  /** A page of a table, or all of it. */
  record Rows(List<JsonNode> items, @Nullable String nextCursor) {}

  /** The labels that strategies need, against RANDOM. */
  record Ratios(List<Ratio> items) {}

  /** One strategy's, for one measure. */
  record Ratio(
      String strategy,
      String prior,
      int batchSize,
      @Nullable Integer candidateLimit,
      @Nullable Integer dimension,
      String measure,
      double target,
      @Nullable Double labels,
      @Nullable Double randomLabels,
      @Nullable Double ratio,
      @Nullable Double lower,
      @Nullable Double upper) {}

  /** A key that is asked for. */
  record NewKey(String name, List<String> roles, List<String> projects, String expiresAt) {}

  /** A key that was made. */
  record Key(String key, String secret) {}

  /** The answer to an upload. */
  record Uploaded(long received, long created, long responses) {}

  /** The answer of next-batch. */
  record Batch(List<Item> items, @Nullable String reason) {}

  /** One leased comparison. */
  record Item(String lease, Side left, Side right) {}

  /** One side of a comparison. */
  record Side(String responseId) {}

  /** A verdict as it is sent. */
  record Verdict(String lease, Preference preference, long durationMs, String annotator) {}

  /** The answer to verdicts. */
  record Results(List<Result> results) {}

  /** What became of one verdict. */
  record Result(
      String lease,
      @Nullable String verdict,
      String outcome,
      boolean counted,
      @Nullable String detail) {}

  /** A round. */
  record Refit(@Nullable Long number, @Nullable String state, @Nullable String detail) {}

  /** The newest fit. */
  record Model(long round, double[] weights) {}

  /** A page of the verdict log. */
  record LogPage(List<LogEntry> items, @Nullable String nextCursor) {}

  /** A line of the verdict log. */
  record LogEntry(
      String verdict,
      @Nullable String comparison,
      String preference,
      String annotator,
      String outcome,
      boolean counted) {}

  /** A page of responses, of which only the presence matters. */
  record ResponsePage(List<Side> items) {}

  /** RFC 9457. */
  record Problem(
      @Nullable String title, @Nullable String detail, @Nullable List<ProblemError> errors) {}

  /** One fault of an invalid input. */
  record ProblemError(@Nullable String pointer, @Nullable String detail) {}
}
