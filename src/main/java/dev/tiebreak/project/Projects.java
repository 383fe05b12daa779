package dev.tiebreak.project;

import dev.tiebreak.database.TransactionLimits;
import dev.tiebreak.paging.Page;
import dev.tiebreak.paging.PageRequest;
import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.problem.ProblemType;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The projects of this service. */
@Service
public class Projects {

  private static final Pattern SLUG = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  private static final Duration LONGEST_REMOVAL = Duration.ofMinutes(30);

  private final ProjectRepository repository;
  private final ObjectProvider<ProjectContents> contents;
  private final EntityManager entities;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  Projects(
      ProjectRepository repository,
      ObjectProvider<ProjectContents> contents,
      EntityManager entities,
      ApplicationEventPublisher events,
      Clock clock) {
    this.repository = repository;
    this.contents = contents;
    this.entities = entities;
    this.events = events;
    this.clock = clock;
  }

  /** The project with this name; a problem where there is none. */
  @Transactional(readOnly = true)
  public Project require(String slug) {
    return find(slug).orElseThrow(() -> missing(slug));
  }

  /** The project with this name. What cannot be a name is not looked up. */
  @Transactional(readOnly = true)
  public Optional<Project> find(String slug) {
    return isSlug(slug) ? repository.findBySlug(slug) : Optional.empty();
  }

  /** The project with this key. */
  @Transactional(readOnly = true)
  public Optional<Project> find(long projectId) {
    return repository.findById(projectId);
  }

  /** The project with this key, as it is seen by a connection of another pool. */
  public Optional<Project> find(long projectId, Connection connection) {
    try (Session session =
        entities
            .getEntityManagerFactory()
            .unwrap(SessionFactory.class)
            .withOptions()
            .connection(connection)
            .openSession()) {
      return Optional.ofNullable(session.find(Project.class, projectId));
    }
  }

  /** The granted projects, in the order in which annotators are sent to them. */
  @Transactional(readOnly = true)
  public List<Project> byPriorityThenAge(GrantedProjects granted) {
    return granted.all()
        ? repository.findAllByPriorityThenAge()
        : repository.findByPriorityThenAge(granted.slugs());
  }

  @Transactional(readOnly = true)
  Page<Project> list(PageRequest request, GrantedProjects granted) {
    long after = request.after(0);
    Limit limit = Limit.of(request.size() + 1);
    List<Project> rows =
        granted.all()
            ? repository.findByProjectIdGreaterThanOrderByProjectId(after, limit)
            : repository.findByProjectIdGreaterThanAndSlugInOrderByProjectId(
                after, granted.slugs(), limit);
    return Page.of(rows, request.size(), Project::projectId);
  }

  /** What the project holds, by name. */
  @Transactional(readOnly = true)
  public Map<String, Long> counts(Project project) {
    Map<String, Long> counts = new LinkedHashMap<>();
    contents.orderedStream().forEach(part -> counts.putAll(part.counts(project)));
    return counts;
  }

  /** Creates the project or replaces its settings; tells whether it was created. */
  @Transactional
  Put put(String slug, ProjectSettings settings) {
    if (!isSlug(slug)) {
      throw ProblemException.invalid(
          "project", "must be 1 to 63 of a-z, 0-9 and -, and not begin with -");
    }
    return repository
        .lockBySlug(slug)
        .map(project -> replace(project, settings))
        .orElseGet(() -> create(slug, settings));
  }

  record Put(Project project, boolean created) {}

  private Put create(String slug, ProjectSettings settings) {
    Project project = repository.saveAndFlush(new Project(slug, settings, now()));
    events.publishEvent(new ProjectCreated(project.projectId(), slug));
    return new Put(project, true);
  }

  private Put replace(Project project, ProjectSettings settings) {
    ProjectSettings before = project.settings();
    if (settings.equals(before)) {
      return new Put(project, false);
    }
    project.replace(settings, now());
    repository.saveAndFlush(project);
    events.publishEvent(
        new ProjectSettingsReplaced(project.projectId(), project.slug(), before, settings));
    return new Put(project, false);
  }

  /** Removes the project with all it holds; tells how it was called. */
  @Transactional
  String delete(String slug) {
    entities
        .unwrap(Session.class)
        .doWork(connection -> TransactionLimits.raise(connection, LONGEST_REMOVAL));
    Project project = repository.lockBySlug(slug).orElseThrow(() -> missing(slug));
    repository.deleteWithAllItHolds(project.projectId());
    events.publishEvent(new ProjectRemoved(project.projectId(), slug));
    return project.slug();
  }

  /** PostgreSQL keeps microseconds. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static boolean isSlug(String text) {
    return SLUG.matcher(text).matches();
  }

  private static ProblemException missing(String slug) {
    return new ProblemException(
        ProblemType.PROJECT_NOT_FOUND,
        isSlug(slug)
            ? "There is no project \"" + slug + "\""
            : "There is no such project: a name is 1 to 63 of a-z, 0-9 and -");
  }
}
