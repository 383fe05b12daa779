package dev.tiebreak.candidate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Uploads whose client goes away in the middle. */
@IntegrationTest
class UnfinishedUploadIT {

  private static final String ROW =
      "{\"responseId\":\"%d\",\"promptId\":\"p\",\"response\":\"%s\",\"embedding\":[1]}\n";

  private final Http http;
  private final JdbcClient jdbc;
  private final StagedRows staged;
  private final Uploader project;

  UnfinishedUploadIT(Http http, JdbcClient jdbc, StagedRows staged) {
    this.http = http;
    this.jdbc = jdbc;
    this.staged = staged;
    this.project = Uploader.create(http, jdbc, 1);
  }

  private Socket request(String type, String length) throws IOException {
    Socket socket = new Socket(http.service().getHost(), http.service().getPort());
    socket.setSoTimeout(60_000);
    send(
        socket,
        "POST %s/embeddings HTTP/1.1\r\nHost: localhost\r\nContent-Type: %s\r\n%s\r\n\r\n"
            .formatted(project.path(), type, length));
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(UTF_8));
    socket.getOutputStream().flush();
  }

  private static void sendChunk(Socket socket, String text) throws IOException {
    send(socket, "%x\r\n%s\r\n".formatted(text.getBytes(UTF_8).length, text));
  }

  private static String answer(Socket socket) throws IOException {
    byte[] status = socket.getInputStream().readNBytes(12);
    return new String(status, UTF_8);
  }

  private static void send60LargeRows(Socket socket) throws IOException {
    for (int i = 0; i < 60; i++) {
      sendChunk(socket, ROW.formatted(i, "x".repeat(100_000)));
    }
  }

  private void waitUntil(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 600 && !condition.getAsBoolean(); i++) {
      Thread.sleep(50);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  private void assertNothingStored() {
    assertThat(project.tally()).isEqualTo(new Tally(0, 0, 0, 0));
    assertThat(project.recount().responses()).isZero();
  }

  @Test
  void storesNothingOfABodyShorterThanItsLength() throws Exception {
    for (String type : new String[] {"application/x-ndjson", "application/json"}) {
      try (Socket socket = request(type, "Content-Length: 1000")) {
        String begin = type.equals("application/json") ? "{\"responses\":[" : "";
        send(socket, begin + ROW.formatted(1, "whole"));
        socket.shutdownOutput();
        assertThat(answer(socket)).isEqualTo("HTTP/1.1 400");
      }
    }
    assertNothingStored();
  }

  @Test
  void storesNothingOfABodyWhoseLastChunkIsMissing() throws Exception {
    try (Socket socket = request("application/x-ndjson", "Transfer-Encoding: chunked")) {
      send60LargeRows(socket);
      waitUntil(() -> project.staged() > 0);
      socket.shutdownOutput();
      assertThat(answer(socket)).isEqualTo("HTTP/1.1 400");
    }
    waitUntil(() -> project.staged() == 0);
    assertNothingStored();
  }

  @Test
  void storesNothingOfABodyWhoseClientIsGone() throws Exception {
    try (Socket socket = request("application/x-ndjson", "Transfer-Encoding: chunked")) {
      send60LargeRows(socket);
      waitUntil(() -> project.staged() > 0);
      // closes with a reset
      socket.setSoLinger(true, 0);
    }
    waitUntil(() -> project.staged() == 0);
    assertNothingStored();
  }

  @Test
  void refusesATooLargeBodyByItsHeaderAlone() throws Exception {
    try (Socket socket = request("application/x-ndjson", "Content-Length: 99999999999999")) {
      assertThat(answer(socket)).isEqualTo("HTTP/1.1 413");
    }
  }

  @Test
  void refusesAnUnknownProjectBeforeTheBodyArrives() throws Exception {
    try (Socket socket = new Socket(http.service().getHost(), http.service().getPort())) {
      socket.setSoTimeout(60_000);
      send(
          socket,
          "POST /projects/nowhere/embeddings HTTP/1.1\r\nHost: localhost\r\n"
              + "Content-Type: application/x-ndjson\r\nContent-Length: 1000000\r\n\r\n");
      assertThat(answer(socket)).isEqualTo("HTTP/1.1 404");
    }
  }

  @Test
  void removesWhatAnEndedServiceLeftOnceItIsOld() {
    insertStaged("25 hours");
    insertStaged("1 hour");
    assertThat(project.staged()).isEqualTo(2);
    assertThat(staged.removeOlderThan(Duration.ofHours(24))).isPositive();
    assertThat(project.staged()).isOne();
  }

  private void insertStaged(String age) {
    jdbc.sql(
            """
            insert into staged_response_intake (upload_id, row_number, project_id, response_id, prompt_id,
              embedding, staged_at)
            values (:upload, 1, :project, 'r', 'p', ''::bytea, clock_timestamp() - :age::interval)
            """)
        .param("upload", UUID.randomUUID())
        .param("project", project.projectId())
        .param("age", age)
        .update();
  }
}
