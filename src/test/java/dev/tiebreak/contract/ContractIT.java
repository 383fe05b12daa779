package dev.tiebreak.contract;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.Answer;
import dev.tiebreak.Http;
import dev.tiebreak.IntegrationTest;
import dev.tiebreak.WrittenContract;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.io.IOException;
import java.net.Socket;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

@IntegrationTest
class ContractIT {

  private final Http http;
  private final Collection<RequestMappingInfoHandlerMapping> mappings;

  ContractIT(Http http, ObjectProvider<RequestMappingInfoHandlerMapping> mappings) {
    this.http = http;
    this.mappings = mappings.stream().toList();
  }

  @Test
  void writtenAndRunningContractHaveTheSameOperations() {
    assertThat(running()).isEqualTo(written());
  }

  private static Set<String> written() {
    Set<String> operations = new TreeSet<>();
    WrittenContract.document()
        .getPaths()
        .forEach((path, item) ->
            item.readOperationsMap()
                .forEach((method, operation) -> {
                  if (!isPage(operation.getResponses().get("200"))) {
                    operations.add(method + " " + path);
                  }
                }));
    return operations;
  }

  private static boolean isPage(@Nullable ApiResponse answer) {
    return answer != null
        && answer.getContent() != null
        && answer.getContent().containsKey(MediaType.TEXT_HTML_VALUE);
  }

  private Set<String> running() {
    return mappings.stream()
        .flatMap(mapping -> mapping.getHandlerMethods().keySet().stream())
        .filter(info -> !isPage(info))
        .flatMap(ContractIT::operations)
        .filter(operation -> !operation.endsWith(" /error"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean isPage(RequestMappingInfo info) {
    return info.getProducesCondition().getProducibleMediaTypes().contains(MediaType.TEXT_HTML);
  }

  /** A mapping without methods takes them all. */
  private static Stream<String> operations(RequestMappingInfo info) {
    Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
    Set<RequestMethod> taken = methods.isEmpty() ? Set.of(RequestMethod.values()) : methods;
    return info.getPatternValues().stream()
        .flatMap(path -> taken.stream().map(method -> method + " " + path));
  }

  @Test
  void servesTheContractAsWritten() {
    Answer answer = http.get("/openapi.yaml").expect(200);
    assertThat(answer.text()).isEqualTo(WrittenContract.text());
  }

  @Test
  void servesAPageThatNeedsNoOtherSite() {
    Answer page =
        http.get("/docs", "Accept", "text/html,application/xhtml+xml,*/*;q=0.8").expect(200);
    assertThat(page.text()).doesNotContain("://");
    assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'");
    Set<String> files =
        Pattern.compile("(?:src|href)=\"([^\"]+)\"")
            .matcher(page.text())
            .results()
            .map(match -> match.group(1))
            .collect(Collectors.toSet());
    assertThat(files)
        .hasSize(4)
        .allSatisfy(file -> assertThat(http.fetch("/" + file)).isEqualTo(200));
  }

  @Test
  void answersOutsideTheContractWithAProblem() {
    http.get("/nothing-here").expect(404, "path-not-found");
    http.send("PATCH", "/projects/hh", "application/json", "{}").expect(405, "method-not-allowed");
    http.get("/openapi.yaml", "Accept", "image/png").expect(406, "not-acceptable");
  }

  @Test
  void answersAQueryThatCannotBeDecodedWithAProblem() throws IOException {
    String answer = raw("GET /projects?limit=%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close");
    assertThat(answer).startsWith("HTTP/1.1 400").contains("/problems/malformed-request");
  }

  /** Sends what no client library would. */
  private String raw(String head) throws IOException {
    try (Socket socket = new Socket(http.service().getHost(), http.service().getPort())) {
      socket.getOutputStream().write((head + "\r\n\r\n").getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
