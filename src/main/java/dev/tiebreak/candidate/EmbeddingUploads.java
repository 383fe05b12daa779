package dev.tiebreak.candidate;

import dev.tiebreak.problem.FieldError;
import dev.tiebreak.problem.ProblemException;
import dev.tiebreak.project.Project;
import java.io.InputStream;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** Uploads: a body's rows are checked and staged as they stream in, then merged all at once. */
@Service
class EmbeddingUploads {

  private final StagedRows staged;
  private final Merge merge;
  private final ApplicationEventPublisher events;

  EmbeddingUploads(StagedRows staged, Merge merge, ApplicationEventPublisher events) {
    this.staged = staged;
    this.merge = merge;
    this.events = events;
  }

  /** Stores what a body holds, or nothing of it. */
  UploadResult upload(Project project, EmbeddingCodec codec, InputStream body) {
    UploadResult result = store(project, codec, body);
    if (result.changedSomething()) {
      events.publishEvent(new EmbeddingsUploaded(project.projectId()));
    }
    return result;
  }

  private UploadResult store(Project project, EmbeddingCodec codec, InputStream body) {
    long projectId = project.projectId();
    try (Staging staging = new Staging(staged, projectId)) {
      RowIntake intake = new RowIntake(project.settings().dimension(), staging::add);
      long received = codec.read(body, intake);
      staging.finish();
      refuseRepeated(projectId, staging, codec);
      UploadResult result = merge.merge(project, staging.uploadId(), received);
      staging.merged();
      return result;
    }
  }

  private void refuseRepeated(long projectId, Staging staging, EmbeddingCodec codec) {
    List<FieldError> errors =
        staged.repeated(projectId, staging.uploadId(), ProblemException.MAXIMUM_ERRORS).stream()
            .map(row ->
                new FieldError(
                    codec.pointer(row.rowNumber() - 1, "responseId"),
                    "row %d: repeats the response of row %d"
                        .formatted(row.rowNumber(), row.first())))
            .toList();
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors);
    }
  }
}
