package dev.tiebreak.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The people and what they have in hand: most comparisons are answered, some are skipped, given
 * back or left to run out as somebody goes; some answers are changed, some sent twice.
 */
final class Floor {

  private static final double GIVEN_BACK = 0.03;
  private static final double REVISED = 0.03;
  private static final double REPEATED = 0.01;
  private static final double LEAVES = 0.005;
  private static final List<String> OTHER_ANSWERS = List.of("TIE", "BOTH_BAD", "SKIP");
  private static final double OTHER = 0.1;

  private final List<String> projects;
  private final AtomicReferenceArray<Annotator> annotators;
  private final AtomicInteger names = new AtomicInteger();
  private final Queue<Task> tasks = new ConcurrentLinkedQueue<>();
  private final Queue<Task> returns = new ConcurrentLinkedQueue<>();
  private final AtomicReference<@Nullable Task> last = new AtomicReference<>();

  Floor(List<String> projects, int annotators) {
    this.projects = projects;
    this.annotators = new AtomicReferenceArray<>(annotators);
    for (int i = 0; i < annotators; i++) {
      this.annotators.set(i, newcomer(i));
    }
  }

  List<String> projects() {
    return projects;
  }

  private Annotator newcomer(int place) {
    return new Annotator(
        projects.get(place % projects.size()), "annotator-" + names.incrementAndGet());
  }

  /** Somebody; now and then they go after this, and somebody else comes. */
  Annotator somebody() {
    int place = random().nextInt(annotators.length());
    Annotator annotator = annotators.get(place);
    if (happens(LEAVES)) {
      annotators.compareAndSet(place, annotator, newcomer(place));
      annotator.leave();
    }
    return annotator;
  }

  /** Puts a fresh lease into its annotator's hands; tells whether it is fresh. */
  boolean hand(Annotator annotator, String lease) {
    if (!annotator.see(lease)) {
      return false;
    }
    (happens(GIVEN_BACK) ? returns : tasks).add(new Task(annotator, lease, answer(), true));
    return true;
  }

  /**
   * Up to this many verdicts to send, of those that are in hand longest. Where nothing is in hand
   * the last one is sent again: an open loop sends whatever happens.
   */
  List<Task> take(int most) {
    List<Task> taken = new ArrayList<>(most);
    while (taken.size() < most) {
      Task task = tasks.poll();
      if (task == null) {
        break;
      }
      if (!task.annotator().isGone()) {
        taken.add(task);
      }
    }
    Task again = last.get();
    if (taken.isEmpty() && again != null) {
      taken.add(again);
    }
    return taken;
  }

  /** A comparison to give back. */
  @Nullable Task takeReturn() {
    return returns.poll();
  }

  /** These were turned away: they stay in hand. */
  void keep(List<Task> refused) {
    tasks.addAll(refused);
  }

  /** This was acknowledged. */
  void done(Task task) {
    if (task.first() && happens(REVISED)) {
      String other = task.preference().equals("LEFT") ? "RIGHT" : "LEFT";
      tasks.add(new Task(task.annotator(), task.lease(), other, false));
    } else {
      last.set(new Task(task.annotator(), task.lease(), task.preference(), false));
      if (task.first() && happens(REPEATED)) {
        tasks.add(new Task(task.annotator(), task.lease(), task.preference(), false));
      }
    }
  }

  int inHand() {
    return tasks.size();
  }

  private static String answer() {
    return happens(OTHER)
        ? OTHER_ANSWERS.get(random().nextInt(OTHER_ANSWERS.size()))
        : random().nextBoolean() ? "LEFT" : "RIGHT";
  }

  private static boolean happens(double probability) {
    return random().nextDouble() < probability;
  }

  private static ThreadLocalRandom random() {
    return ThreadLocalRandom.current();
  }
}
