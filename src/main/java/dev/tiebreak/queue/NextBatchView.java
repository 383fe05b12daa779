package dev.tiebreak.queue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer to next-batch.
 *
 * @param project null where no project has work for the annotator
 * @param reason null where as many came as were asked for
 */
record NextBatchView(
    @Nullable String project, List<NextBatchItem> items, @Nullable EmptyReason reason) {

  NextBatchView withoutProject() {
    return new NextBatchView(null, items, reason);
  }
}
