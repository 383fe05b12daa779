package dev.tiebreak.exchange;

import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.problem.ProblemType;
import dev.tiebreak.project.Project;
import dev.tiebreak.project.Projects;
import dev.tiebreak.round.FitSummary;
import dev.tiebreak.round.Fits;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;

@RestController
@RequestMapping("/projects/{project}/model")
class ModelController {

  private static final String NPY = "application/x-npy";

  private final Projects projects;
  private final Fits fits;

  ModelController(Projects projects, Fits fits) {
    this.projects = projects;
    this.fits = fits;
  }

  @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<ModelView> json(@PathVariable String project, WebRequest request) {
    return answer(project, "json", MediaType.APPLICATION_JSON_VALUE, request, ModelView::of);
  }

  @GetMapping(produces = NPY)
  ResponseEntity<byte[]> npy(@PathVariable String project, WebRequest request) {
    return answer(project, "npy", NPY, request, fit -> Npy.vector(fit.weights()));
  }

  /** The newest fit in one form, unless the client has it: then its weights are not even read. */
  private <T> ResponseEntity<T> answer(
      String slug,
      String form,
      String mediaType,
      WebRequest request,
      Function<FitSummary, T> body) {
    Project project = projects.require(slug);
    long number = fits.newestNumber(project.projectId()).orElseThrow(() -> missing(slug));
    String etag = "\"" + project.projectId() + "-" + number + "-" + form + "\"";
    HttpHeaders headers = new HttpHeaders();
    headers.setETag(etag);
    headers.setCacheControl(CacheControl.noCache());
    headers.add(HttpHeaders.VARY, HttpHeaders.ACCEPT);
    if (request.checkNotModified(etag) || knowsAny(request)) {
      return ResponseEntity.status(HttpStatus.NOT_MODIFIED).headers(headers).build();
    }
    @Nullable FitSummary fit = fits.find(project.projectId(), number).orElse(null);
    if (fit == null) {
      throw missing(slug);
    }
    return ResponseEntity.ok()
        .headers(headers)
        .contentType(MediaType.parseMediaType(mediaType))
        .body(body.apply(fit));
  }

  /** RFC 9110, 13.1.2: {@code *} matches whatever there is; Spring has it match nothing. */
  private static boolean knowsAny(WebRequest request) {
    @Nullable String known = request.getHeader(HttpHeaders.IF_NONE_MATCH);
    return known != null && known.strip().equals("*");
  }

  static ProblemException missing(String project) {
    return new ProblemException(
        ProblemType.MODEL_NOT_FOUND, "The project \"" + project + "\" had no round yet");
  }
}
