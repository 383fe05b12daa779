package dev.tiebreak.exchange;

import dev.tiebreak.project.Project;
import dev.tiebreak.project.Projects;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ExportController {

  private static final int BUFFER_BYTES = 1 << 16;

  private final Projects projects;
  private final TrainingSet trainingSet;

  ExportController(Projects projects, TrainingSet trainingSet) {
    this.projects = projects;
    this.trainingSet = trainingSet;
  }

  /** Streams, so that a training set of any size takes no memory. */
  @GetMapping(path = "/projects/{project}/export", produces = MediaType.APPLICATION_NDJSON_VALUE)
  void export(
      @PathVariable String project, @RequestParam String format, HttpServletResponse response)
      throws IOException {
    Project target = projects.require(project);
    ExportFormat form = ExportFormat.of(format);
    response.setContentType(MediaType.APPLICATION_NDJSON_VALUE);
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        "attachment; filename=\"" + project + "-" + form.parameter() + ".jsonl\"");
    OutputStream out = new BufferedOutputStream(response.getOutputStream(), BUFFER_BYTES);
    trainingSet.write(target, form, out);
    out.flush();
  }
}
