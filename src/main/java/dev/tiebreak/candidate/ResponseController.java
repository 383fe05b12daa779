package dev.tiebreak.candidate;

import dev.tiebreak.body.Texts;
import dev.tiebreak.paging.Cursor;
import dev.tiebreak.paging.Page;
import dev.tiebreak.paging.PageRequest;
import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.problem.ProblemType;
import dev.tiebreak.project.Project;
import dev.tiebreak.project.Projects;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/projects/{project}/responses")
class ResponseController {

  /** Bytes of what is stored after which a page ends before its limit: it is made in memory. */
  private static final long PAGE_BYTES = 8L * 1024 * 1024;

  private final Projects projects;
  private final StoredResponses responses;

  ResponseController(Projects projects, StoredResponses responses) {
    this.projects = projects;
    this.responses = responses;
  }

  @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
  Page<ResponseRow> list(
      @PathVariable String project, PageRequest request, @RequestParam @Nullable String include) {
    long projectId = projects.require(project).projectId();
    boolean withEmbedding = isWithEmbedding(include);
    long after = request.after(0);
    List<StoredResponses.Extent> extents = responses.extents(projectId, after, request.size() + 1);
    int count = pageLength(extents, request.size());
    if (count == 0) {
      return new Page<>(List.of(), null);
    }
    long last = extents.get(count - 1).getOrdinal();
    List<ResponseRow> items =
        withEmbedding
            ? responses.withEmbeddingBetween(projectId, after, last)
            : responses.between(projectId, after, last);
    return new Page<>(items, count < extents.size() ? new Cursor(last).text() : null);
  }

  /** As many as asked for, fewer where they are large, but at least one. */
  private static int pageLength(List<StoredResponses.Extent> extents, int size) {
    int most = Math.min(size, extents.size());
    int count = Math.min(most, 1);
    while (count < most && extents.get(count).getBytes() <= PAGE_BYTES) {
      count++;
    }
    return count;
  }

  @GetMapping(path = "/{responseId}", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseRow get(
      @PathVariable String project,
      @PathVariable String responseId,
      @RequestParam @Nullable String include) {
    Project found = projects.require(project);
    return find(found.projectId(), responseId, isWithEmbedding(include))
        .orElseThrow(() ->
            new ProblemException(
                ProblemType.RESPONSE_NOT_FOUND,
                "The project \"" + project + "\" has no response of this id"));
  }

  private Optional<ResponseRow> find(long projectId, String responseId, boolean withEmbedding) {
    if (Texts.wrong(responseId, 1, RowCheck.ID_LENGTH) != null) {
      return Optional.empty();
    }
    return withEmbedding
        ? responses.findWithEmbedding(projectId, responseId)
        : responses.find(projectId, responseId);
  }

  private static boolean isWithEmbedding(@Nullable String include) {
    if (include != null && !include.equals("embedding")) {
      throw ProblemException.invalid("include", "can only be \"embedding\"");
    }
    return include != null;
  }
}
