package dev.tiebreak.contract.generated;

import java.util.List;

/** Changes of headers that say something of the body, the answer or the sender. */
final class HeaderChanges {

  private HeaderChanges() {}

  /** All of them. */
  static List<Change> all() {
    return List.of(
        HeaderChanges::accept,
        HeaderChanges::contentType,
        HeaderChanges::contentEncoding,
        HeaderChanges::requestId,
        HeaderChanges::host,
        HeaderChanges::odd,
        HeaderChanges::broken);
  }

  private static boolean accept(Draft draft, Draws draws) {
    String value =
        draws.of(
            "application/xml",
            "image/jpeg",
            "application/json;q=0",
            "application/problem+json",
            "*/*;q=0.1, text/html",
            "text/html",
            "text/*",
            "nonsense",
            "/",
            "*/json",
            "application/json;q=5",
            "application/json;version=7",
            "",
            ",,,",
            "application/json" + ",a/b".repeat(500));
    draft.replaceHeader("Accept", value);
    draft.changed("Accept", false);
    return true;
  }

  private static boolean contentType(Draft draft, Draws draws) {
    if (!draft.operation.takesBody()) {
      return false;
    }
    draft.removeHeader("Content-Type");
    String value =
        draws.of(
            "text/plain",
            "application/xml",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "multipart/form-data; boundary=a",
            "multipart/mixed; boundary=",
            "application/*",
            "*/*",
            "json",
            "application/json; charset=utf-16",
            "application/json; charset=latin1",
            "application/json; charset=nonsense",
            "application/json;;;=",
            "application/problem+json",
            "application/json, application/x-ndjson",
            "application/json\u00e9",
            "a/b" + "c".repeat(2000));
    draft.header("Content-Type", value);
    draft.changed("Content-Type " + value.substring(0, Math.min(40, value.length())), true);
    return true;
  }

  private static boolean contentEncoding(Draft draft, Draws draws) {
    if (!draft.operation.takesBody()) {
      return false;
    }
    draft.header("Content-Encoding", draws.of("gzip", "br", "nonsense", "gzip, identity"));
    draft.changed("Content-Encoding", true);
    return true;
  }

  private static boolean requestId(Draft draft, Draws draws) {
    draft.header(
        "X-Request-Id",
        draws.of("", " ", "a b", "<script>", "\u00ff\u00fe", "x".repeat(129), "a\tb", "a,b", "{}"));
    draft.changed("X-Request-Id", false);
    return true;
  }

  private static boolean host(Draft draft, Draws draws) {
    draft.removeHeader("Host");
    switch (draws.below(6)) {
      case 0 -> draft.changes.add("no Host");
      case 1 -> {
        draft.header("Host", "localhost");
        draft.header("Host", "localhost");
      }
      case 2 -> draft.header("Host", "a b");
      case 3 -> draft.header("Host", "example.org");
      case 4 -> draft.header("Host", "localhost:99999");
      default -> draft.header("Host", "");
    }
    draft.mangled = true;
    draft.alone = true;
    draft.changed("Host", false);
    return true;
  }

  private static boolean odd(Draft draft, Draws draws) {
    draft.headers.add(
        draws.of(
            "Range: bytes=0-3",
            "Range: bytes=99999999999-",
            "If-Modified-Since: yesterday",
            "If-None-Match: \"" + NastyTexts.MARKER,
            "If-Match: \"x\"",
            "Prefer: wait=-1, respond-async, wait=99999999999999999999",
            "Authorization: Bearer " + NastyTexts.MARKER,
            "Authorization: Basic %%%",
            "Authorization: " + "x".repeat(3000),
            "Cookie: a=b; ; =; " + NastyTexts.MARKER,
            "Origin: http://example.org",
            "Origin: null",
            "Sec-Fetch-Site: cross-site",
            "X-Forwarded-For: 10.0.0.1, <script>",
            "X-Forwarded-Host: example.org",
            "Forwarded: for=\"_x\";host=example.org",
            "X-HTTP-Method-Override: DELETE",
            "Accept-Language: xx-" + "y".repeat(200),
            "Accept-Encoding: gzip, nonsense;q=7",
            "Accept-Charset: utf-7",
            "Idempotency-Key: ",
            "Idempotency-Key: " + "k".repeat(201),
            "Idempotency-Key: \u00e9\u0080",
            "Max-Forwards: -1",
            "Upgrade: websocket\r\nConnection: Upgrade",
            "Connection: close",
            "Connection: X-Request-Id"));
    draft.changed("odd header", false);
    return true;
  }

  /** Headers that are none. */
  private static boolean broken(Draft draft, Draws draws) {
    draft.headers.add(
        draws.of(
            "B@d name: 1",
            "NoColon",
            ": 1",
            "X-A : 1",
            "Expect: nonsense",
            "X-A: \u0001\u0002",
            "X-A: 1\r\n 2",
            "X-A: 1\n\nX-B: 2",
            "X-A: " + "a".repeat(9000),
            "X-A: a\r\n".repeat(150) + "X-B: b",
            "\u00e9: 1"));
    draft.mangled = true;
    draft.alone = true;
    draft.changed("broken header", false);
    return true;
  }
}
