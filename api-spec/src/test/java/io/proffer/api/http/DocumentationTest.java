package io.proffer.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.endpoint.PageEndpoints;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The OpenAPI document, and the page that shows it. */
@Timeout(60)
class DocumentationTest {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Documentation DOCUMENTATION = new Documentation("agent");

  private static TestServer server;

  @BeforeAll
  static void start() {
    server =
        new TestServer(
            HttpLimits.defaults(),
            Map.of(
                PageEndpoints.OPENAPI, DOCUMENTATION::document,
                PageEndpoints.DOCS, DOCUMENTATION::page));
  }

  @AfterAll
  static void stop() {
    server.close();
    HTTP.close();
  }

  @Test
  void theDocumentIsThatOfTheService() throws Exception {
    var answer = get("/openapi.yaml");

    assertEquals(200, answer.statusCode());
    assertEquals("application/yaml", header(answer, "content-type"));
    assertTrue(text(answer).contains("\n  title: Proffer agent\n"));
  }

  @ParameterizedTest
  @CsvSource({
    "/docs, text/html; charset=utf-8",
    "/docs/, text/html; charset=utf-8",
    "/docs/docs.js, text/javascript; charset=utf-8",
    "/docs/swagger-ui-bundle.js, text/javascript; charset=utf-8",
    "/docs/swagger-ui.css, text/css; charset=utf-8",
    "/docs/favicon-32x32.png, image/png"
  })
  void thePageAndItsPartsComeFromHere(String path, String type) throws Exception {
    var answer = get(path);

    assertEquals(200, answer.statusCode());
    assertEquals(type, header(answer, "content-type"));
    assertTrue(header(answer, "content-security-policy").startsWith("default-src 'self'"));
  }

  @Test
  void thePageNamesNoOtherHost() throws Exception {
    var links = Pattern.compile("(?:src|href)=\"([^\"]*)\"").matcher(text(get("/docs")));
    var count = 0;
    while (links.find()) {
      count++;
      assertEquals(200, get(links.group(1)).statusCode(), links.group(1));
    }
    assertEquals(5, count);
    assertFalse(text(get("/docs/docs.js")).contains("//" + "unpkg"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/docs/../openapi.yaml",
        "/docs/..%2fbuild.properties",
        "/docs/%2e%2e/build.properties",
        "/docs//META-INF/MANIFEST.MF",
        "/docs/index.html",
        "/docs/swagger-ui.js",
        "/docs/docs.js/more",
        "/openapi.yaml/agent.yaml"
      })
  void whatIsNotInTheListIsNotFound(String path) throws IOException {
    try (var client = server.connect()) {
      client.send("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n");
      assertTrue(client.readAnswer().startsWith("HTTP/1.1 404"), path);
    }
  }

  @Test
  void whoHasItIsToldSo() throws Exception {
    var tag = header(get("/openapi.yaml"), "etag");

    var again = get("/openapi.yaml", "If-None-Match", tag);
    var other = get("/openapi.yaml", "If-None-Match", "W/\"0123456789abcdef\"");

    assertEquals(304, again.statusCode());
    assertEquals(0, again.body().length);
    assertEquals(tag, header(again, "etag"));
    assertEquals("no-cache", header(again, "cache-control"));
    assertEquals(200, other.statusCode());
  }

  @Test
  void packedItIsTheSame() throws Exception {
    var plain = get("/docs/swagger-ui-bundle.js");
    var packed = get("/docs/swagger-ui-bundle.js", "Accept-Encoding", "gzip");

    assertEquals("gzip", header(packed, "content-encoding"));
    assertTrue(packed.body().length < plain.body().length / 2);
    try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
      assertEquals(text(plain), new String(unpacked.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .timeout(Duration.ofSeconds(10));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }
}
