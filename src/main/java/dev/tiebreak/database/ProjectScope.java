package dev.tiebreak.database;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The projects whose rows the statements of a thread see and write: the database holds every
 * statement to it (row-level security), whatever its WHERE says. A thread without a scope sees
 * nothing.
 *
 * <p>Whatever serves one project runs in that project's scope, a request in that of its principal's
 * grants, and only what watches over all projects in the scope of all. A scope lasts for a piece of
 * work, and not for the threads that this starts; a scope within a scope can only narrow it.
 */
public final class ProjectScope {

  /** Lets a session see all projects, as migrations do. */
  static final String TELL_ALL = "select set_config('tiebreak.projects', '*', false)";

  private static final ScopedValue<ProjectScope> CURRENT = ScopedValue.newInstance();
  private static final Predicate<String> SLUG =
      Pattern.compile("[a-z0-9][a-z0-9-]{0,62}").asMatchPredicate();
  private static final ProjectScope ALL = new ProjectScope(null);
  private static final ProjectScope NOTHING = new ProjectScope(Set.of());

  // null: all
  private final @Nullable Set<String> slugs;

  private ProjectScope(@Nullable Set<String> slugs) {
    this.slugs = slugs;
  }

  /** All projects. */
  public static ProjectScope all() {
    return ALL;
  }

  /** One project, be it one to come. What cannot be a project's name is no project. */
  public static ProjectScope of(String slug) {
    return of(Set.of(slug));
  }

  /** These projects. */
  public static ProjectScope of(Collection<String> slugs) {
    TreeSet<String> names = new TreeSet<>(slugs);
    names.removeIf(SLUG.negate());
    return new ProjectScope(names);
  }

  /** The scope of this thread. */
  public static ProjectScope current() {
    return CURRENT.orElse(NOTHING);
  }

  /** What this scope and another one have in common. */
  public ProjectScope and(ProjectScope other) {
    if (slugs == null) {
      return other;
    }
    TreeSet<String> both = new TreeSet<>(slugs);
    if (other.slugs != null) {
      both.retainAll(other.slugs);
    }
    return new ProjectScope(both);
  }

  /**
   * Does something in this scope, as far as the thread's own goes.
   *
   * @throws IllegalStateException within a transaction, which keeps the scope it began with
   */
  public <T extends @Nullable Object, X extends Throwable> T call(
      ScopedValue.CallableOp<? extends T, X> work) throws X {
    ProjectScope narrowed = CURRENT.isBound() ? CURRENT.get().and(this) : this;
    if (TransactionSynchronizationManager.isActualTransactionActive()
        && !narrowed.setting().equals(current().setting())) {
      throw new IllegalStateException("a transaction keeps the scope it began with");
    }
    return ScopedValue.where(CURRENT, narrowed).call(work);
  }

  /** The same for what gives nothing. */
  public void run(Runnable work) {
    call(() -> {
      work.run();
      return true;
    });
  }

  /** As the policies of the tables read it: {@code *}, or names with commas between. */
  String setting() {
    return slugs == null ? "*" : String.join(",", slugs);
  }

  @Override
  public String toString() {
    return setting();
  }
}
