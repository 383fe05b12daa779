package dev.tiebreak.contract.generated;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request in the making: valid at first, then changed. Nothing is encoded or checked any more.
 */
final class Draft {

  final Operation operation;
  String method;
  String path;
  final List<String> query = new ArrayList<>();
  final List<String> headers = new ArrayList<>();
  byte @Nullable [] body;
  Framing framing = Framing.LENGTH;
  String version = "HTTP/1.1";

  /** What was done to it, for people. */
  final List<String> changes = new ArrayList<>();

  /** Whether it is now wrong beyond doubt. */
  boolean certainlyWrong;

  /** Whether what arrives may be no HTTP, or at least not what the method and path say. */
  boolean mangled;

  /** Whether the connection is of no use thereafter. */
  boolean alone;

  Draft(Operation operation, String path) {
    this.operation = operation;
    this.method = operation.method();
    this.path = path;
  }

  /** How the body is sent. */
  enum Framing {
    /** As its Content-Length says. */
    LENGTH,
    /** In chunks. */
    CHUNKED,
    /** With pauses. */
    SLOWLY,
    /** With a Content-Length, and then the end of the stream, some bytes early. */
    CUT_OFF,
    /** In chunks, and then the end of the stream, without the last. */
    CHUNKS_CUT_OFF,
    /** As the headers say that the change has set. */
    AS_IT_IS
  }

  void header(String name, String value) {
    headers.add(name + ": " + value);
  }

  void removeHeader(String name) {
    headers.removeIf(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1));
  }

  void replaceHeader(String name, String value) {
    removeHeader(name);
    header(name, value);
  }

  String bodyText() {
    return body == null ? "" : new String(body, UTF_8);
  }

  void body(String text) {
    body = text.getBytes(UTF_8);
  }

  /** Notes a change. */
  void changed(String what, boolean isCertainlyWrong) {
    changes.add(what);
    certainlyWrong |= isCertainlyWrong;
  }

  private String target() {
    return query.isEmpty() ? path : path + "?" + String.join("&", query);
  }

  /** The request's head without the headers of its framing. */
  String head() {
    StringBuilder head = new StringBuilder(method + " " + target() + " " + version + "\r\n");
    headers.forEach(line -> head.append(line).append("\r\n"));
    return head.toString();
  }

  /** The request as bytes; characters of the head above U+00FF become question marks. */
  RawRequest raw(Draws draws) {
    byte[] content = body == null ? new byte[0] : body;
    byte[] head = head().getBytes(ISO_8859_1);
    RawRequest raw = framed(head, content, draws);
    return alone ? raw.byItself() : raw;
  }

  private RawRequest framed(byte[] head, byte[] content, Draws draws) {
    return switch (framing) {
      case LENGTH -> RawRequest.whole(head, body == null ? null : content.length, content);
      case CHUNKED -> RawRequest.chunked(head, content, draws, true);
      case SLOWLY -> RawRequest.whole(head, content.length, content).slowly(draws);
      case CUT_OFF ->
          RawRequest.whole(head, content.length + 1 + draws.below(1000), content).thenEnd();
      case CHUNKS_CUT_OFF -> RawRequest.chunked(head, content, draws, false).thenEnd();
      case AS_IT_IS -> RawRequest.whole(head, null, content).byItself();
    };
  }
}
