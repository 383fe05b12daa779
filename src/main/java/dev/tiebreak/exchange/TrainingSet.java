package dev.tiebreak.exchange;

import dev.tiebreak.candidate.EmbeddingSet;
import dev.tiebreak.candidate.ResponseText;
import dev.tiebreak.candidate.Responses;
import dev.tiebreak.project.Project;
import dev.tiebreak.queue.Preference;
import dev.tiebreak.queue.VerdictHistory;
import dev.tiebreak.round.FitSummary;
import dev.tiebreak.round.Fits;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the counted verdicts as a training set, a line each, in the log's order. Ties choose
 * nothing and are left out. Where a text was not uploaded its id stands for it.
 */
@Service
class TrainingSet {

  private final VerdictHistory history;
  private final Responses responses;
  private final Fits fits;
  private final Scorer scorer;
  private final JsonMapper json;

  TrainingSet(
      VerdictHistory history, Responses responses, Fits fits, Scorer scorer, JsonMapper json) {
    this.history = history;
    this.responses = responses;
    this.fits = fits;
    this.scorer = scorer;
    this.json = json;
  }

  /** A line of the explicit form. */
  record Explicit(String prompt, String chosen, String rejected, double margin) {}

  /** A line of the implicit form. */
  record Implicit(List<Message> chosen, List<Message> rejected, double margin) {}

  record Message(String role, String content) {}

  void write(Project project, ExportFormat format, OutputStream out) {
    Margins margins = margins(project);
    history.forEachCounted(
        project, verdicts -> writeChunk(project, format, verdicts, margins, out));
  }

  private void writeChunk(
      Project project,
      ExportFormat format,
      List<VerdictHistory.Counted> verdicts,
      Margins margins,
      OutputStream out) {
    Map<Long, ResponseText> texts = texts(project, verdicts);
    try {
      for (VerdictHistory.Counted verdict : verdicts) {
        Object line = line(format, verdict, texts, margins);
        if (line != null) {
          out.write(json.writeValueAsBytes(line));
          out.write('\n');
        }
      }
      out.flush();
    } catch (IOException clientGone) {
      throw new UncheckedIOException(clientGone);
    }
  }

  private Map<Long, ResponseText> texts(Project project, List<VerdictHistory.Counted> verdicts) {
    Set<Long> ordinals = new LinkedHashSet<>();
    verdicts.forEach(verdict -> ordinals.addAll(List.of(verdict.left(), verdict.right())));
    return responses.texts(project.projectId(), ordinals);
  }

  private static @Nullable Object line(
      ExportFormat format,
      VerdictHistory.Counted verdict,
      Map<Long, ResponseText> texts,
      Margins margins) {
    if (verdict.preference() != Preference.LEFT && verdict.preference() != Preference.RIGHT) {
      return null;
    }
    boolean left = verdict.preference() == Preference.LEFT;
    long chosenOrdinal = left ? verdict.left() : verdict.right();
    long rejectedOrdinal = left ? verdict.right() : verdict.left();
    ResponseText chosen = Objects.requireNonNull(texts.get(chosenOrdinal));
    ResponseText rejected = Objects.requireNonNull(texts.get(rejectedOrdinal));
    double margin = margins.of(chosenOrdinal, rejectedOrdinal);
    return switch (format) {
      case TRL ->
          chosen.promptId().equals(rejected.promptId())
              ? new Explicit(prompt(chosen), response(chosen), response(rejected), margin)
              : null;
      case TRL_IMPLICIT -> new Implicit(conversation(chosen), conversation(rejected), margin);
    };
  }

  private static List<Message> conversation(ResponseText text) {
    return List.of(new Message("user", prompt(text)), new Message("assistant", response(text)));
  }

  private static String prompt(ResponseText text) {
    return text.prompt() == null ? text.promptId() : text.prompt();
  }

  private static String response(ResponseText text) {
    return text.response() == null ? text.responseId() : text.response();
  }

  /** Reward differences by the newest fit, in logits; 0 before the first. */
  private Margins margins(Project project) {
    FitSummary fit = fits.newest(project.projectId()).orElse(null);
    return fit == null
        ? (chosen, rejected) -> 0
        : new FittedMargins(fit.weights(), () -> scorer.embeddings(project))::of;
  }

  private interface Margins {
    double of(long chosen, long rejected);
  }

  /** Verdicts may come on responses that are uploaded meanwhile: these are read when they do. */
  private static final class FittedMargins {

    private final double[] weights;
    private final Supplier<EmbeddingSet> embeddings;
    private EmbeddingSet set;

    FittedMargins(double[] weights, Supplier<EmbeddingSet> embeddings) {
      this.weights = weights;
      this.embeddings = embeddings;
      this.set = embeddings.get();
    }

    double of(long chosen, long rejected) {
      return reward(chosen) - reward(rejected);
    }

    private double reward(long ordinal) {
      if (set.responses() == 0 || ordinal > set.ordinals()[set.responses() - 1]) {
        set = embeddings.get();
      }
      int row = set.rowOf(ordinal);
      double reward = 0;
      for (int j = 0; j < weights.length; j++) {
        reward = Math.fma(weights[j], set.embeddings().get(row, j), reward);
      }
      return reward;
    }
  }
}
