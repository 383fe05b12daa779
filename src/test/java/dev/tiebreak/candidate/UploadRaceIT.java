package dev.tiebreak.candidate;

import static dev.tiebreak.candidate.Uploader.counts;
import static dev.tiebreak.candidate.Uploader.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.Answer;
import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@IntegrationTest
class UploadRaceIT {

  private final Http http;
  private final JdbcClient jdbc;

  UploadRaceIT(Http http, JdbcClient jdbc) {
    this.http = http;
    this.jdbc = jdbc;
  }

  private static <T> List<T> together(List<Callable<T>> tasks) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(tasks.size())) {
      List<T> results = new ArrayList<>();
      for (Future<T> result : threads.invokeAll(tasks)) {
        results.add(result.get());
      }
      return results;
    }
  }

  @Test
  void mergesUploadsToOneProjectOneAfterTheOther() throws Exception {
    Uploader project = Uploader.create(http, jdbc, 1);
    List<Callable<long[]>> uploads = new ArrayList<>();
    for (int upload = 0; upload < 8; upload++) {
      StringBuilder body = new StringBuilder();
      for (int i = 0; i < 500; i++) {
        // half of each upload is in the next one too, with other content
        body.append(row("r" + (250 * upload + i), "p" + i % 9, "[" + upload + "]"));
      }
      uploads.add(() -> counts(project.lines(body.toString())));
    }
    List<long[]> results = together(uploads);
    assertThat(results.stream().mapToLong(counts -> counts[1]).sum()).isEqualTo(250 * 9);
    assertThat(results.stream().mapToLong(counts -> counts[2]).sum()).isEqualTo(250 * 7);
    assertThat(project.tally()).isEqualTo(project.recount());
    assertThat(project.tally().responses()).isEqualTo(250 * 9);
    assertThat(project.tally().version()).isEqualTo(8);
    assertThat(
            jdbc.sql("select max(ordinal) from response where project_id = :project")
                .param("project", project.projectId())
                .query(Long.class)
                .single())
        .isEqualTo(250 * 9);
    assertThat(project.staged()).isZero();
  }

  /** A body that arrives as far as the test lets it. */
  private static final class Slow implements AutoCloseable {
    private final PipedInputStream body = new PipedInputStream(1 << 16);
    private final PipedOutputStream sent;

    Slow() throws IOException {
      sent = new PipedOutputStream(body);
    }

    InputStream body() {
      return body;
    }

    void send(String text) throws IOException {
      sent.write(text.getBytes(StandardCharsets.UTF_8));
      sent.flush();
    }

    @Override
    public void close() throws IOException {
      sent.close();
    }
  }

  private interface Meanwhile {
    void run(Uploader project) throws Exception;
  }

  private Answer uploadWhile(Uploader project, Meanwhile meanwhile) throws Exception {
    String large =
        "{\"responseId\":\"%d\",\"promptId\":\"p\",\"response\":\"%s\",\"embedding\":[1]}\n";
    try (ExecutorService threads = Executors.newSingleThreadExecutor();
        Slow slow = new Slow()) {
      Future<Answer> answer =
          threads.submit(() ->
              http.post(project.path() + "/embeddings", "application/x-ndjson", () -> slow.body()));
      for (int i = 0; i < 60; i++) {
        slow.send(large.formatted(i, "x".repeat(100_000)));
      }
      waitUntilStaged(project);
      meanwhile.run(project);
      slow.send(large.formatted(60, "y"));
      slow.close();
      return answer.get();
    }
  }

  private static void waitUntilStaged(Uploader project) throws InterruptedException {
    for (int i = 0; i < 600 && project.staged() == 0; i++) {
      Thread.sleep(50);
    }
    assertThat(project.staged()).isPositive();
  }

  @Test
  void refusesAnUploadWhoseProjectIsRemovedMeanwhile() throws Exception {
    Uploader project = Uploader.create(http, jdbc, 1);
    uploadWhile(
            project,
            removed -> http.delete(removed.path() + "?confirm=" + removed.slug()).expect(204))
        .expect(404, "project-not-found");
    assertThat(project.staged()).isZero();
  }

  @Test
  void refusesAnUploadWhoseDimensionIsReplacedMeanwhile() throws Exception {
    Uploader project = Uploader.create(http, jdbc, 1);
    uploadWhile(project, changed -> http.put(changed.path(), Uploader.settings(2)).expect(200))
        .expect(409, "dimension-conflict");
    assertThat(project.tally().responses()).isZero();
    assertThat(project.staged()).isZero();
  }

  @Test
  void holdsNoConnectionWhileASlowBodyArrives() throws Exception {
    Uploader project = Uploader.create(http, jdbc, 1);
    Answer answer =
        uploadWhile(
            project,
            slow -> {
              long inTransaction =
                  jdbc.sql(
                          """
                          select count(*) from pg_stat_activity
                          where datname = current_database() and state like 'idle in transaction%'
                            and query ilike '%staged_response%'
                          """)
                      .query(Long.class)
                      .single();
              assertThat(inTransaction).isZero();
              assertThat(counts(project.lines(row("other", "p", "[1]"))))
                  .containsExactly(1, 1, 0, 0, 1);
            });
    assertThat(counts(answer)).containsExactly(61, 61, 0, 0, 62);
  }
}
