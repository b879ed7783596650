package io.tokenmeter.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tokenmeter.embedded.SharedBroker;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The adapters in connectors/gateways, where what they adapt is on this machine. */
@ExtendWith(SharedBroker.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GatewayAdaptersIT {
  private static final Path ADAPTERS =
      Path.of(System.getProperty("tokenmeter.root"), "connectors", "gateways");
  private static final Path NJS = Path.of("/usr/lib/nginx/modules/ngx_http_js_module.so");
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir private static Path directory;
  private final Instant calledAt = Instant.now();
  private GatewayStand stand;

  @BeforeAll
  void start() {
    assumeTrue(isThere("python3"), "python3 isn't on this machine; it runs the adapters");
    stand = new GatewayStand(GatewayAdaptersIT.class, directory.resolve("state"));
  }

  @AfterAll
  void audit() {
    if (stand != null) {
      assertThat(stand.audited()).contains(" + conflict 0").endsWith("audit passed\n");
      stand.close();
    }
  }

  /** Stands before the instance, and says once that it failed when it hadn't. */
  @Test
  void litellmsCallbackBillsEachCallOnceAlsoWhenAnAnswerIsLost() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    HttpServer flaky =
        server(
            exchange -> {
              HttpRequest.Builder request =
                  HttpRequest.newBuilder(URI.create(stand.url() + exchange.getRequestURI()))
                      .POST(
                          HttpRequest.BodyPublishers.ofByteArray(
                              exchange.getRequestBody().readAllBytes()));
              for (String header : List.of("Authorization", "Content-Type", "Content-Encoding")) {
                request.header(header, exchange.getRequestHeaders().getFirst(header));
              }
              HttpResponse<String> answer = GatewayStand.send(request);
              byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
              int status = requests.incrementAndGet() == 1 ? 503 : answer.statusCode();
              exchange.sendResponseHeaders(status, body.length);
              exchange.getResponseBody().write(body);
            });
    String said;
    try {
      said =
          ran(
              Map.of(),
              "python3",
              Path.of("src/test/resources/gateways/drive_litellm.py").toAbsolutePath().toString(),
              ADAPTERS.resolve("litellm").toString(),
              "http://127.0.0.1:" + flaky.getAddress().getPort(),
              GatewayStand.GATEWAY);
    } finally {
      flaky.stop(0);
    }
    assertThat(said)
        .contains(
            "waited less than a second: True",
            "calls are sent again",
            "1 calls are not metered (it can't be read: LookupError): call-4",
            "1 calls are not metered (INVALID_ID: org_id holds control characters",
            "lost: 2")
        .doesNotContain("what the user said");
    // And one of 700 tokens of input, 200 cached, 100 written to the cache, 77 of output.
    stand.awaitBilled("proxied", GatewayStand.A_CALL.add(new BigDecimal("0.0040407")));
    assertThat(stand.charges("proxied")).hasSize(2);
  }

  @Test
  void nginxCopiesCallsAndStreamsAndTheShipperBillsEachOnce() throws Exception {
    assumeTrue(
        isThere("nginx") && Files.exists(NJS),
        "nginx with njs isn't on this machine; Debian has it as nginx and libnginx-mod-http-js");
    CountDownLatch seen = new CountDownLatch(1);
    HttpServer provider = server(exchange -> provider(exchange, seen));
    int port = freePort();
    Path home = Files.createDirectory(directory.resolve("nginx"));
    Files.copy(ADAPTERS.resolve("nginx/tokenmeter.js"), home.resolve("tokenmeter.js"));
    Files.writeString(
        home.resolve("nginx.conf"),
        Files.readString(ADAPTERS.resolve("nginx/nginx.conf"))
            .replace("127.0.0.1:8081", "127.0.0.1:" + port)
            .replace("127.0.0.1:9000", "127.0.0.1:" + provider.getAddress().getPort()));
    Process nginx =
        new ProcessBuilder(
                "nginx",
                "-p",
                home.toString(),
                "-c",
                "nginx.conf",
                "-g",
                "daemon off; master_process off;")
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("said").toFile())
            .start();
    Path lines = home.resolve("tokenmeter.jsonl");
    try {
      Awaitility.await("nginx answers")
          .atMost(GatewayStand.PATIENCE)
          .ignoreExceptions()
          .until(() -> ask(port, "nobody's", "/v1/chat/completions").statusCode() == 401);
      assertThat(ask(port, "key-of-acme", "/v1/chat/completions").body().toList())
          .containsExactly(GatewayStand.ANSWER);
      // The provider goes on only when the first event has come through.
      try (Stream<String> events = ask(port, "key-of-acme", "/v1/chat/completions?s").body()) {
        var each = events.iterator();
        assertThat(each.next()).startsWith("data: ");
        seen.countDown();
        List<String> rest = new ArrayList<>();
        each.forEachRemaining(rest::add);
        assertThat(rest).contains("data: [DONE]");
      }
      Awaitility.await("both are logged")
          .atMost(GatewayStand.PATIENCE)
          .until(() -> Files.readAllLines(lines).size() == 2);
    } finally {
      nginx.destroy();
      nginx.waitFor(10, TimeUnit.SECONDS);
      provider.stop(0);
    }
    assertThat(Files.readString(lines)).doesNotContain("\"truncated\":true");
    String whole = Files.readString(lines);
    // A line that is being written, and one that is none.
    Files.writeString(lines, "no JSON\n" + whole + whole.substring(0, 40));
    assertThat(ship(lines)).contains("refused: UNREADABLE");
    Files.delete(Path.of(lines + ".position"));
    Files.writeString(lines, whole);
    assertThat(ship(lines)).isEmpty();
    assertThat(ship(lines)).isEmpty();
    assertThat(Path.of(lines + ".refused")).hasContent("no JSON");
    stand.awaitBilled("acme", GatewayStand.A_CALL.multiply(BigDecimal.valueOf(2)));
    assertThat(stand.charges("acme")).hasSize(2);
    assertThat(new ObjectMapper().readTree(whole.lines().findFirst().orElseThrow()).path("org_id"))
        .hasToString("\"acme\"");
  }

  @Test
  void theShipperReadsAFileToItsEndThatWasRenamedMeanwhile() throws Exception {
    Path lines = directory.resolve("calls.jsonl");
    Files.writeString(lines, usage("first"));
    assertThat(ship(lines)).isEmpty();
    Files.writeString(lines, usage("first") + "\n" + usage("second"));
    Files.move(lines, directory.resolve("calls.jsonl.1"));
    Files.writeString(lines, usage("third"));
    assertThat(ship(lines)).isEmpty();
    // Three times 2 × 0.5.
    stand.awaitBilled("shipped", new BigDecimal("3"));
    assertThat(stand.charges("shipped")).hasSize(3);
  }

  private String usage(String id) {
    return "{\"type\":\"usage\",\"id\":\""
        + id
        + "\",\"org_id\":\"shipped\",\"meter\":\"storage_token_days\",\"quantity\":2,\"model\":\""
        + Stand.MODEL
        + "\",\"occurred_at\":\""
        + calledAt
        + "\"}\n";
  }

  private String ship(Path lines) throws Exception {
    return ran(
        Map.of("TOKENMETER_TOKEN", GatewayStand.GATEWAY),
        "python3",
        ADAPTERS.resolve("ship.py").toString(),
        "--once",
        "--url",
        stand.url(),
        lines.toString());
  }

  private static void provider(HttpExchange exchange, CountDownLatch seen) throws IOException {
    exchange.getRequestBody().readAllBytes();
    assertThat(exchange.getRequestHeaders().getFirst("Accept-Encoding")).isEqualTo("identity");
    boolean streams = exchange.getRequestURI().getQuery() != null;
    exchange
        .getResponseHeaders()
        .set("Content-Type", streams ? "text/event-stream" : "application/json");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    if (!streams) {
      out.write(GatewayStand.ANSWER.getBytes(StandardCharsets.UTF_8));
      return;
    }
    event(
        out,
        "{\"object\":\"chat.completion.chunk\",\"model\":\"gpt-4.1\",\"choices\":[{\"index\":0,"
            + "\"delta\":{\"content\":\"Bon\"}}]}");
    try {
      assertThat(seen.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    event(
        out,
        GatewayStand.ANSWER
            .replace("\"message\"", "\"delta\"")
            .replace("{\"model\"", "{\"object\":\"chat.completion.chunk\",\"model\""));
    event(out, "[DONE]");
  }

  private static void event(OutputStream out, String data) throws IOException {
    out.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static HttpResponse<Stream<String>> ask(int port, String key, String path) {
    try {
      return CLIENT.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
              .header("Authorization", "Bearer " + key)
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString("{\"model\":\"gpt-4.1\",\"messages\":[]}"))
              .build(),
          HttpResponse.BodyHandlers.ofLines());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private interface Handler {
    void handle(HttpExchange exchange) throws IOException;
  }

  private static HttpServer server(Handler handler) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            handler.handle(exchange);
          }
        });
    server.start();
    return server;
  }

  private static String ran(Map<String, String> environment, String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    Process process = builder.start();
    try (InputStream out = process.getInputStream()) {
      String said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(said).isZero();
      return said;
    }
  }

  private static boolean isThere(String command) {
    return Stream.concat(
            Stream.of(System.getenv("PATH").split(":", -1)), Stream.of("/usr/sbin", "/usr/bin"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
