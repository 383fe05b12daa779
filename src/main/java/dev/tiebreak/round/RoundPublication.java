package dev.tiebreak.round;

import dev.tiebreak.candidate.EmbeddingSet;
import dev.tiebreak.database.Contention;
import dev.tiebreak.design.Certificate;
import dev.tiebreak.design.SelectedPair;
import dev.tiebreak.design.Selection;
import dev.tiebreak.linalg.LinearAlgebra;
import dev.tiebreak.preference.Fit;
import dev.tiebreak.preference.Posterior;
import dev.tiebreak.project.KeptProject;
import dev.tiebreak.project.Project;
import dev.tiebreak.project.ProjectSettings;
import dev.tiebreak.project.SettingsView;
import dev.tiebreak.queue.Comparisons;
import java.sql.Types;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Makes a round's result true, in one transaction, under its epoch or not at all. */
@Component
class RoundPublication {

  private static final Logger log = LoggerFactory.getLogger(RoundPublication.class);

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Comparisons comparisons;
  private final LinearAlgebra algebra;
  private final JsonMapper json;
  private final Build build;
  private final RoundMetrics metrics;

  RoundPublication(
      @Qualifier("roundJdbcClient") JdbcClient jdbc,
      @Qualifier("roundTransactionManager") PlatformTransactionManager transactions,
      Comparisons comparisons,
      LinearAlgebra algebra,
      JsonMapper json,
      Build build,
      RoundMetrics metrics) {
    this.jdbc = jdbc;
    this.transaction = new TransactionTemplate(transactions);
    this.comparisons = comparisons;
    this.algebra = algebra;
    this.json = json;
    this.build = build;
    this.metrics = metrics;
  }

  /** Publishes; throws {@link LostRoundException} where the epoch is no longer the round's. */
  RoundResult publish(HeldRound round, Project project, RoundInput input, RoundResult result) {
    Posterior posterior = round.reusesFit() ? null : result.fit().posterior(algebra);
    // imports and verdicts that lock several comparisons may cross
    return Contention.retry(() ->
        transaction.execute(status -> {
          if (!KeptProject.await(jdbc, round.projectId())) {
            throw new LostRoundException();
          }
          letGo(round, project, input.embeddings(), result);
          finish(round);
          if (posterior != null) {
            insertFit(round, project.settings(), input, result.fit());
            replacePosterior(round, posterior);
          }
          insertBatch(round, project.settings(), result);
          comparisons.retire(round.projectId(), input.idle());
          openSelection(round, input.embeddings(), result.selection());
          result.realisedGains().forEach((batch, gain) -> noteGain(round, batch, gain));
          return result;
        }));
  }

  private void letGo(
      HeldRound round, Project project, EmbeddingSet embeddings, RoundResult result) {
    int held =
        jdbc.sql(
                """
                update round_status
                set holder = null, held_until = null, running = null, running_snapshot = null, retry_at = null,
                    fit = case when :reuses then fit else :number end,
                    fit_snapshot = case when :reuses then fit_snapshot else :snapshot::pg_snapshot end,
                    fit_version = case when :reuses then fit_version else :version end,
                    candidates_left = :left, selection_version = :version, selection_settings = :settings,
                    selected_at = clock_timestamp()
                where project_id = :project and epoch = :epoch
                """)
            .param("reuses", round.reusesFit())
            .param("number", round.number())
            .param("snapshot", round.snapshot())
            .param("version", embeddings.version())
            .param("left", left(project.settings(), result.selection()), Types.BIGINT)
            .param("settings", project.updatedAt().atOffset(ZoneOffset.UTC))
            .param("project", round.projectId())
            .param("epoch", round.epoch())
            .update();
    if (held != 1) {
      metrics.refused();
      log.warn(
          "round={} project={} epoch={} publication=REFUSED",
          round.number(),
          round.projectId(),
          round.epoch());
      throw new LostRoundException();
    }
  }

  /** Candidates that are left; null where the selection saw but a sample of them. */
  private static @Nullable Long left(ProjectSettings settings, Selection selection) {
    Long limit = settings.candidateLimit();
    return limit != null && limit == selection.candidates()
        ? null
        : Long.valueOf(selection.candidates() - selection.pairs().size());
  }

  private void finish(HeldRound round) {
    jdbc.sql(
            """
            update round set state = 'DONE', stage = null, detail = null, finished_at = clock_timestamp()
            where project_id = :project and number = :number
            """)
        .param("project", round.projectId())
        .param("number", round.number())
        .update();
  }

  private void insertFit(HeldRound round, ProjectSettings settings, RoundInput input, Fit fit) {
    jdbc.sql(
            """
            insert into fit (project_id, number, dimension, weights, verdicts, snapshot, embeddings_version,
              prior, prior_precision, prior_exponent, components, log_evidence, log_likelihood, log_det,
              iterations, gradient_norm, converged, build, effects)
            values (:project, :number, :dimension, :weights, :verdicts, :snapshot::pg_snapshot, :version,
              :prior, :precision, :exponent, :components, :logEvidence, :logLikelihood, :logDet,
              :iterations, :gradientNorm, :converged, :build, :effects::json)
            """)
        .param("project", round.projectId())
        .param("number", round.number())
        .param("dimension", fit.weights().length)
        .param("weights", Doubles.bytes(fit.weights()))
        .param("verdicts", fit.verdicts())
        .param("snapshot", round.snapshot())
        .param("version", input.embeddings().version())
        .param("prior", fit.prior().name())
        .param("precision", fit.priorPrecision())
        .param("exponent", fit.priorExponent())
        .param("components", fit.components())
        .param("logEvidence", fit.logEvidence())
        .param("logLikelihood", fit.logLikelihood())
        .param("logDet", fit.logDet())
        .param("iterations", fit.iterations())
        .param("gradientNorm", fit.gradientNorm())
        .param("converged", fit.converged())
        .param("build", build.version())
        .param("effects", effects(settings, input, fit), Types.VARCHAR)
        .update();
  }

  private @Nullable String effects(ProjectSettings settings, RoundInput input, Fit fit) {
    return fit.effects() == null
        ? null
        : json.writeValueAsString(
            FitEffects.of(fit.effects(), settings.comparisonModel(), input.annotators()));
  }

  private void replacePosterior(HeldRound round, Posterior posterior) {
    jdbc.sql(
            """
            insert into posterior (project_id, number, components, dimension, deviation)
            values (:project, :number, :components, :dimension, :deviation)
            on conflict (project_id) do update
            set number = excluded.number, components = excluded.components,
                dimension = excluded.dimension, deviation = excluded.deviation
            """)
        .param("project", round.projectId())
        .param("number", round.number())
        .param("components", posterior.deviationMap().rows())
        .param("dimension", posterior.deviationMap().columns())
        .param("deviation", Doubles.bytes(posterior.deviationMap().values()))
        .update();
  }

  private void insertBatch(HeldRound round, ProjectSettings settings, RoundResult result) {
    jdbc.sql(
            """
            insert into batch (project_id, number, fit, strategy, size, candidates, seed, settings, diagnostics)
            select project_id, :number, fit, :strategy, :size, :candidates, :seed, :settings::jsonb, :diagnostics::jsonb
            from round_status
            where project_id = :project
            """)
        .param("number", round.number())
        .param("strategy", settings.strategy().name())
        .param("size", result.selection().pairs().size())
        .param("candidates", result.selection().candidates())
        .param("seed", result.problem().seed())
        .param("settings", json.writeValueAsString(SettingsView.of(settings)))
        .param("diagnostics", diagnostics(result))
        .param("project", round.projectId())
        .update();
  }

  /** As {@link BatchView} describes them. */
  private String diagnostics(RoundResult result) {
    ObjectNode diagnostics = json.valueToTree(result.selection().diagnostics());
    Certificate certificate = result.certificate();
    if (certificate == null) {
      diagnostics.putNull("certificate");
    } else {
      diagnostics
          .putObject("certificate")
          .put("gain", certificate.gain())
          .put("bound", certificate.bound())
          .put("share", certificate.share());
    }
    return json.writeValueAsString(diagnostics);
  }

  private void openSelection(HeldRound round, EmbeddingSet embeddings, Selection selection) {
    List<SelectedPair> pairs = selection.askingOrder();
    int k = pairs.size();
    Long[] least = new Long[k];
    Long[] greatest = new Long[k];
    String[] arm = new String[k];
    Double[] gain = new Double[k];
    Double[] p = new Double[k];
    @Nullable Double[] probability = new @Nullable Double[k];
    for (int i = 0; i < k; i++) {
      SelectedPair pair = pairs.get(i);
      least[i] = embeddings.ordinals()[pair.a()];
      greatest[i] = embeddings.ordinals()[pair.b()];
      arm[i] = pair.arm().name();
      gain[i] = pair.gain();
      p[i] = pair.p();
      probability[i] = pair.selectionProbability();
    }
    List<Long> ids = comparisons.open(round.projectId(), round.number(), least, greatest);
    jdbc.sql(
            """
            insert into selection (project_id, number, position, comparison_id, arm, gain, p, selection_probability)
            select :project, :number, place, id, arm, gain, p, probability
            from unnest(:ids::bigint[], :arm::text[], :gain::float8[], :p::float8[], :probability::float8[])
              with ordinality as s(id, arm, gain, p, probability, place)
            """)
        .param("project", round.projectId())
        .param("number", round.number())
        .param("ids", ids.toArray(Long[]::new))
        .param("arm", arm)
        .param("gain", gain)
        .param("p", p)
        .param("probability", probability)
        .update();
  }

  private void noteGain(HeldRound round, long batch, double gain) {
    Map<String, Double> realised = Map.of("realisedGain", gain);
    jdbc.sql(
            """
            update batch set diagnostics = diagnostics || :realised::jsonb
            where project_id = :project and number = :batch
            """)
        .param("realised", json.writeValueAsString(realised))
        .param("project", round.projectId())
        .param("batch", batch)
        .update();
  }
}
