package dev.tiebreak.candidate;

import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.problem.ProblemType;
import dev.tiebreak.project.Project;
import dev.tiebreak.project.Projects;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class EmbeddingController {

  private final Projects projects;
  private final List<EmbeddingCodec> codecs;
  private final EmbeddingUploads uploads;
  private final UploadMetrics metrics;

  EmbeddingController(
      Projects projects,
      List<EmbeddingCodec> codecs,
      EmbeddingUploads uploads,
      UploadMetrics metrics) {
    this.projects = projects;
    this.codecs = codecs;
    this.uploads = uploads;
    this.metrics = metrics;
  }

  @PostMapping(path = "/projects/{project}/embeddings", produces = MediaType.APPLICATION_JSON_VALUE)
  UploadResult upload(@PathVariable String project, HttpServletRequest request) throws IOException {
    long start = System.nanoTime();
    UploadMetrics.Outcome outcome = UploadMetrics.Outcome.FAILED;
    try {
      UploadResult result = store(projects.require(project), request);
      outcome = UploadMetrics.Outcome.STORED;
      metrics.stored(result);
      return result;
    } catch (ProblemException refused) {
      outcome = UploadMetrics.Outcome.REFUSED;
      throw refused;
    } finally {
      metrics.ended(outcome, System.nanoTime() - start);
    }
  }

  private UploadResult store(Project project, HttpServletRequest request) throws IOException {
    EmbeddingCodec codec = codec(request.getContentType());
    return uploads.upload(project, codec, request.getInputStream());
  }

  private EmbeddingCodec codec(@Nullable String contentType) {
    MediaType type = contentType == null ? MediaType.ALL : MediaType.parseMediaType(contentType);
    return codecs.stream()
        .filter(codec -> codec.mediaType().equalsTypeAndSubtype(type))
        .findFirst()
        .orElseThrow(() ->
            new ProblemException(
                ProblemType.UNSUPPORTED_MEDIA_TYPE, "The body must be " + supported()));
  }

  private String supported() {
    return String.join(
        " or ", codecs.stream().map(codec -> codec.mediaType().toString()).sorted().toList());
  }
}
