package dev.tiebreak.load;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** Talks to the service over kept connections; never repeats a request by itself. */
final class Client implements AutoCloseable {

  private static final int CONNECTIONS = 2_000;
  private static final Timeout PATIENCE = Timeout.ofSeconds(60);

  private final URI service;
  private final CloseableHttpClient http;

  Client(URI service) {
    this.service = service;
    PoolingHttpClientConnectionManager connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setMaxConnTotal(CONNECTIONS)
            .setMaxConnPerRoute(CONNECTIONS)
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(PATIENCE)
                    .setSocketTimeout(PATIENCE)
                    .build())
            .build();
    this.http =
        HttpClients.custom()
            .setConnectionManager(connections)
            .setDefaultRequestConfig(
                RequestConfig.custom().setConnectionRequestTimeout(PATIENCE).build())
            .disableAutomaticRetries()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableContentCompression()
            .disableRedirectHandling()
            .build();
  }

  Reply get(String path) throws IOException {
    return send("GET", path, null, null);
  }

  Reply delete(String path) throws IOException {
    return send("DELETE", path, null, null);
  }

  Reply post(String path, String json) throws IOException {
    return send("POST", path, ContentType.APPLICATION_JSON, json);
  }

  Reply put(String path, String json) throws IOException {
    return send("PUT", path, ContentType.APPLICATION_JSON, json);
  }

  Reply upload(String path, String rows) throws IOException {
    return send("POST", path, ContentType.create("application/x-ndjson"), rows);
  }

  private Reply send(String method, String path, @Nullable ContentType type, @Nullable String body)
      throws IOException {
    HttpUriRequestBase request = new HttpUriRequestBase(method, service.resolve(path));
    if (body != null) {
      request.setEntity(new ByteArrayEntity(body.getBytes(StandardCharsets.UTF_8), type));
    }
    return http.execute(request, Client::read);
  }

  private static Reply read(ClassicHttpResponse response) throws IOException {
    Header retryAfter = response.getFirstHeader("Retry-After");
    byte[] body =
        response.getEntity() == null ? new byte[0] : EntityUtils.toByteArray(response.getEntity());
    return new Reply(response.getCode(), retryAfter == null ? null : retryAfter.getValue(), body);
  }

  @Override
  public void close() throws IOException {
    http.close();
  }
}
