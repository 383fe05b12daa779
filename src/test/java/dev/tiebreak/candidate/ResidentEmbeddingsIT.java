package dev.tiebreak.candidate;

import static dev.tiebreak.candidate.Uploader.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import dev.tiebreak.database.ProjectScope;
import dev.tiebreak.problem.ProblemException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.unit.DataSize;

@IntegrationTest
class ResidentEmbeddingsIT {

  private final Http http;
  private final JdbcClient jdbc;
  private final EmbeddingReader reader;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  ResidentEmbeddingsIT(Http http, JdbcClient jdbc, EmbeddingReader reader) {
    this.http = http;
    this.jdbc = jdbc;
    this.reader = reader;
  }

  private ResidentEmbeddings resident(long bytes) {
    return new ResidentEmbeddings(
        reader,
        new CandidateProperties(
            Duration.ofMinutes(1), Duration.ofHours(1), DataSize.ofBytes(bytes)),
        meters);
  }

  /** A project of responses with embeddings of one number each. */
  private Uploader project(int responses) {
    Uploader project = Uploader.create(http, jdbc, 1);
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < responses; i++) {
      body.append(row("r" + i, "p" + i % 3, "[" + i + "]"));
    }
    project.lines(body.toString()).expect(200);
    return project;
  }

  private double gauge(String name) {
    return meters.get("tiebreak.candidate.resident." + name).gauge().value();
  }

  @Test
  void readsWhatIsStoredAndAgainOnlyWhenItChanges() {
    Uploader project = project(5000);
    ResidentEmbeddings resident = resident(10_000_000);
    EmbeddingSet set = resident.load(project.projectId());
    assertThat(set.version()).isEqualTo(1);
    assertThat(set.responses()).isEqualTo(5000);
    assertThat(set.embeddings().get(4999, 0)).isEqualTo(4999f);
    assertThat(set.mean()).containsExactly(2499.5);
    assertThat(set.promptIds()).containsExactly("p0", "p1", "p2");
    assertThat(set.responseIds()[17]).isEqualTo("r17");
    assertThat(set.rowOf(18)).isEqualTo(17);
    assertThat(resident.load(project.projectId())).isSameAs(set);
    project.lines(row("r0", "p0", "[0]")).expect(200);
    assertThat(resident.load(project.projectId())).isSameAs(set);
    project.lines(row("r0", "p0", "[-1]") + row("new", "p9", "[3]")).expect(200);
    EmbeddingSet changed = resident.load(project.projectId());
    assertThat(changed.version()).isEqualTo(2);
    assertThat(changed.responses()).isEqualTo(5001);
    assertThat(changed.embeddings().get(0, 0)).isEqualTo(-1f);
    assertThat(gauge("projects")).isEqualTo(1);
    assertThat(set.responses()).isEqualTo(5000);
    assertThat(set.embeddings().get(0, 0)).isEqualTo(0f);
    assertThat(rowsRead()).isEqualTo(5002);
    assertThat(gauge("bytes")).isBetween(5001.0 * 132, 6251.0 * 132 + 4 * 128);
  }

  private double rowsRead() {
    return meters.get("tiebreak.candidate.resident.read.rows").counter().count();
  }

  @Test
  void readsNothingWhereOnlyTextsHaveChanged() {
    Uploader project = project(10);
    ResidentEmbeddings resident = resident(10_000);
    resident.load(project.projectId());
    project
        .lines("{\"promptId\":\"p0\",\"responseId\":\"r0\",\"embedding\":[0],\"response\":\"new\"}")
        .expect(200);
    EmbeddingSet set = resident.load(project.projectId());
    assertThat(set.version()).isEqualTo(2);
    assertThat(rowsRead()).isEqualTo(10);
  }

  @Test
  void growsByNoMoreThanMayBeTaken() {
    Uploader project = project(10);
    ResidentEmbeddings resident = resident(11 * 132 + 3 * 128);
    resident.load(project.projectId());
    project.lines(row("r10", "p0", "[10]")).expect(200);
    assertThat(resident.load(project.projectId()).responses()).isEqualTo(11);
    assertThat(rowsRead()).isEqualTo(11);
    project.lines(row("r11", "p0", "[11]")).expect(200);
    assertThatThrownBy(() -> resident.load(project.projectId()))
        .isInstanceOf(ProblemException.class);
    assertThat(gauge("projects")).isZero();
  }

  @Test
  void readsAProjectWithoutResponses() {
    Uploader project = Uploader.create(http, jdbc, 3);
    EmbeddingSet set = resident(1000).load(project.projectId());
    assertThat(set.responses()).isZero();
    assertThat(set.embeddings().columns()).isEqualTo(3);
  }

  @Test
  void dropsTheProjectThatWasUsedLongestAgo() {
    Uploader first = project(10);
    Uploader second = project(10);
    Uploader third = project(10);
    ResidentEmbeddings resident = resident(2 * (10 * 132 + 3 * 128));
    EmbeddingSet firstSet = resident.load(first.projectId());
    EmbeddingSet secondSet = resident.load(second.projectId());
    assertThat(resident.load(first.projectId())).isSameAs(firstSet);
    resident.load(third.projectId());
    assertThat(gauge("projects")).isEqualTo(2);
    assertThat(resident.load(first.projectId())).isSameAs(firstSet);
    assertThat(resident.load(second.projectId())).isNotSameAs(secondSet);
  }

  @Test
  void refusesAProjectThatDoesNotFit() {
    Uploader small = project(5);
    Uploader large = project(50);
    ResidentEmbeddings resident = resident(2000);
    EmbeddingSet set = resident.load(small.projectId());
    assertThatThrownBy(() -> resident.load(large.projectId()))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("tiebreak.candidate.resident-memory");
    assertThat(resident.load(small.projectId())).isSameAs(set);
  }

  @Test
  void refusesAProjectThatIsGone() {
    Uploader project = project(1);
    ResidentEmbeddings resident = resident(2000);
    resident.load(project.projectId());
    http.delete(project.path() + "?confirm=" + project.slug()).expect(204);
    assertThatThrownBy(() -> resident.load(project.projectId()))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void readsOnceForAllWhoAskTogether() throws Exception {
    Uploader project = project(20_000);
    ResidentEmbeddings resident = resident(10_000_000);
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<EmbeddingSet>> sets = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        sets.add(
            threads.submit(
                () -> ProjectScope.all().call(() -> resident.load(project.projectId()))));
      }
      for (Future<EmbeddingSet> set : sets) {
        assertThat(set.get()).isSameAs(sets.getFirst().get());
      }
    }
  }

  @Test
  void neverMixesVersionsWhileUploadsGoOn() throws Exception {
    Uploader project = project(300);
    ResidentEmbeddings resident = resident(10_000_000);
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<?> uploads =
          threads.submit(() -> {
            for (int version = 2; version <= 15; version++) {
              StringBuilder body = new StringBuilder();
              for (int i = 0; i < 300; i++) {
                body.append(row("r" + i, "p", "[" + version + "]"));
              }
              project.lines(body.toString()).expect(200);
            }
          });
      while (!uploads.isDone()) {
        EmbeddingSet set = resident.load(project.projectId());
        if (set.version() > 1) {
          assertThat(set.embeddings().toArray()).containsOnly((float) set.version());
        }
      }
      uploads.get();
    }
    assertThat(resident.load(project.projectId()).version()).isEqualTo(15);
  }
}
