package dev.tiebreak.queue;

import dev.tiebreak.body.Texts;
import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.project.Project;
import dev.tiebreak.project.Projects;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class NextBatchController {

  private static final int USUAL_SIZE = 10;
  private static final int GREATEST_SIZE = 100;
  private static final int LONGEST_WAIT_SECONDS = 30;
  private static final LongPoll.Pauses PAUSES =
      new LongPoll.Pauses(Duration.ofMillis(100), Duration.ofSeconds(1));
  private static final Pattern WAIT =
      Pattern.compile(
          "(?:^|[,;])\\s*wait\\s*=\\s*\"?([0-9]{1,9})\"?\\s*(?=$|[,;])", Pattern.CASE_INSENSITIVE);

  private final NextBatch nextBatch;
  private final Projects projects;
  private final LongPoll longPoll;

  NextBatchController(NextBatch nextBatch, Projects projects, LongPoll longPoll) {
    this.nextBatch = nextBatch;
    this.projects = projects;
    this.longPoll = longPoll;
  }

  @GetMapping(path = "/next-batch", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<NextBatchView> next(
      HttpMethod method,
      @Nullable Principal principal,
      @RequestParam @Nullable String project,
      @RequestParam(name = "annotator") @Nullable String named,
      @RequestParam @Nullable Integer size,
      @RequestHeader(name = "Prefer", required = false) @Nullable List<String> prefer)
      throws InterruptedException, HttpRequestMethodNotSupportedException {
    if (method == HttpMethod.HEAD) {
      // it would lease what nobody sees
      throw new HttpRequestMethodNotSupportedException(method.name(), List.of("GET"));
    }
    int wanted = size == null ? USUAL_SIZE : size;
    Caller caller = Caller.of(principal);
    String annotator = check(caller.annotator(named), wanted);
    if (project != null) {
      caller.projects().require(project);
    }
    NextBatchView view =
        longPoll.until(
            Duration.ofSeconds(waitSeconds(prefer)),
            PAUSES,
            () ->
                project == null
                    ? fromAnyProject(caller, annotator, wanted)
                    : nextBatch.next(projects.require(project), annotator, wanted),
            answer -> !answer.items().isEmpty());
    ResponseEntity.BodyBuilder answer = ResponseEntity.ok().cacheControl(CacheControl.noStore());
    if (view.items().isEmpty() && view.reason() != null) {
      answer.header(HttpHeaders.RETRY_AFTER, Integer.toString(view.reason().retryAfterSeconds()));
    }
    return answer.body(view);
  }

  private static String check(@Nullable String annotator, int size) {
    if (annotator == null) {
      throw ProblemException.invalid("annotator", "is required");
    }
    String wrong = Texts.wrong(annotator, 1, 200);
    if (wrong != null) {
      throw ProblemException.invalid("annotator", wrong);
    }
    if (size < 1 || size > GREATEST_SIZE) {
      throw ProblemException.invalid("size", "must be from 1 to " + GREATEST_SIZE);
    }
    return annotator;
  }

  /** Preferences are wishes (RFC 7240): one that makes no sense is as good as none. */
  private static int waitSeconds(@Nullable List<String> prefer) {
    Matcher matcher = WAIT.matcher(prefer == null ? "" : String.join(",", prefer));
    return matcher.find() ? Math.min(LONGEST_WAIT_SECONDS, Integer.parseInt(matcher.group(1))) : 0;
  }

  private NextBatchView fromAnyProject(Caller caller, String annotator, int size) {
    NextBatchView first = new NextBatchView(null, List.of(), EmptyReason.NO_EMBEDDINGS);
    boolean isFirst = true;
    for (Project project : projects.byPriorityThenAge(caller.projects())) {
      NextBatchView view;
      try {
        view = nextBatch.next(project, annotator, size);
      } catch (ProblemException removedMeanwhile) {
        continue;
      }
      if (!view.items().isEmpty()) {
        return view;
      }
      first = isFirst ? view.withoutProject() : first;
      isFirst = false;
    }
    return first;
  }
}
