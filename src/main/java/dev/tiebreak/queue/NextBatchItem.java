package dev.tiebreak.queue;

import dev.tiebreak.candidate.ResponseText;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/** A leased comparison as an annotator's tool gets it. */
record NextBatchItem(
    String lease,
    long comparison,
    Kind kind,
    ResponseText left,
    ResponseText right,
    Instant leasedAt,
    Instant expiresAt) {

  static NextBatchItem of(String project, LeasedComparison leased, Map<Long, ResponseText> texts) {
    ResponseText left = Objects.requireNonNull(texts.get(leased.leftResponse()));
    ResponseText right = Objects.requireNonNull(texts.get(leased.rightResponse()));
    return new NextBatchItem(
        new LeaseName(project, leased.lease(), leased.token()).text(),
        leased.comparisonId(),
        Kind.of(left.promptId(), right.promptId()),
        left,
        right,
        leased.leasedAt(),
        leased.expiresAt());
  }
}
