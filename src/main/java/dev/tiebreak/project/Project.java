package dev.tiebreak.project;

import dev.tiebreak.design.Pairing;
import dev.tiebreak.design.Strategy;
import dev.tiebreak.preference.Prior;
import dev.tiebreak.preference.TieModel;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A project: responses to compare, and how. */
@Entity
@Table(name = "project")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
public class Project {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private long projectId;

  private String slug;
  private int dimension;

  @Enumerated(EnumType.STRING)
  private Pairing pairing;

  @Enumerated(EnumType.STRING)
  private Strategy strategy;

  private int batchSize;
  private int refitAfter;
  private int lowWater;
  private int overlap;
  private int leaseSeconds;
  private int maxLeasesPerAnnotator;

  @Enumerated(EnumType.STRING)
  private Prior prior;

  private @Nullable Double priorPrecision;
  private @Nullable Double priorExponent;
  private @Nullable Double promptEffect;
  private @Nullable Double annotatorReliability;

  @Enumerated(EnumType.STRING)
  private TieModel tieModel;

  private double randomShare;
  private @Nullable Long candidateLimit;
  private long seed;
  private int priority;
  private @Nullable String instructions;
  private @Nullable BigDecimal verdictCost;
  private @Nullable Long verdictBudget;
  private Instant createdAt;
  private Instant updatedAt;

  /** For Hibernate. */
  protected Project() {}

  Project(String slug, ProjectSettings settings, Instant now) {
    this.slug = slug;
    this.createdAt = now;
    replace(settings, now);
  }

  final void replace(ProjectSettings settings, Instant now) {
    dimension = settings.dimension();
    pairing = settings.pairing();
    strategy = settings.strategy();
    batchSize = settings.batchSize();
    refitAfter = settings.refitAfter();
    lowWater = settings.lowWater();
    overlap = settings.overlap();
    leaseSeconds = settings.leaseSeconds();
    maxLeasesPerAnnotator = settings.maxLeasesPerAnnotator();
    prior = settings.prior();
    priorPrecision = settings.priorPrecision();
    priorExponent = settings.priorExponent();
    promptEffect = settings.promptEffect();
    annotatorReliability = settings.annotatorReliability();
    tieModel = settings.tieModel();
    randomShare = settings.randomShare();
    candidateLimit = settings.candidateLimit();
    seed = settings.seed();
    priority = settings.priority();
    instructions = settings.instructions();
    verdictCost = settings.verdictCost();
    verdictBudget = settings.verdictBudget();
    updatedAt = now;
  }

  /** The key of all that the project holds. */
  public long projectId() {
    return projectId;
  }

  /** The name in paths. */
  public String slug() {
    return slug;
  }

  /** The settings. */
  public ProjectSettings settings() {
    return new ProjectSettings(
        dimension,
        pairing,
        strategy,
        batchSize,
        refitAfter,
        lowWater,
        overlap,
        leaseSeconds,
        maxLeasesPerAnnotator,
        prior,
        priorPrecision,
        priorExponent,
        promptEffect,
        annotatorReliability,
        tieModel,
        randomShare,
        candidateLimit,
        seed,
        priority,
        instructions,
        verdictCost == null ? null : plain(verdictCost),
        verdictBudget);
  }

  /** Without trailing zeros, nor an exponent instead of them: 100 is neither 100.0 nor 1E+2. */
  static BigDecimal plain(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  Instant createdAt() {
    return createdAt;
  }

  /** When its settings were replaced last. */
  public Instant updatedAt() {
    return updatedAt;
  }
}
