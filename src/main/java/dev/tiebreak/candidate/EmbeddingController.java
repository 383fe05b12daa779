package dev.tiebreak.candidate;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.problem.ProblemType;
import dev.tiebreak.project.Project;
import dev.tiebreak.project.Projects;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
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

  @PostMapping("/projects/{project}/embeddings")
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
    String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw unsupported("The body must come without Content-Encoding");
    }
    return uploads.upload(project, codec, request.getInputStream());
  }

  private EmbeddingCodec codec(@Nullable String contentType) {
    MediaType type = mediaType(contentType);
    boolean inUtf8 = type.getCharset() == null || type.getCharset().equals(UTF_8);
    return codecs.stream()
        .filter(codec -> inUtf8 && codec.mediaType().equalsTypeAndSubtype(type))
        .findFirst()
        .orElseThrow(() -> unsupported("The body must be " + supported() + ", in UTF-8"));
  }

  /** No type, one that cannot be read and one that is not known come to the same. */
  private static MediaType mediaType(@Nullable String contentType) {
    try {
      return contentType == null ? MediaType.ALL : MediaType.parseMediaType(contentType);
    } catch (InvalidMediaTypeException unreadable) {
      return MediaType.ALL;
    }
  }

  private String supported() {
    return String.join(
        " or ", codecs.stream().map(codec -> codec.mediaType().toString()).sorted().toList());
  }

  private static ProblemException unsupported(String detail) {
    return new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE, detail);
  }
}
