package io.tokenmeter.serde;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A registry small enough to be read in a minute: subjects and ids in memory, every request noted,
 * and answers that a test puts before the real ones.
 */
final class RegistryInProcess implements AutoCloseable {
  /** What came in. */
  record Request(String line, String authorization, String body) {}

  /** What to answer instead. */
  record Scripted(int status, String body) {}

  private static final ObjectMapper JSON = new ObjectMapper();

  final List<Request> requests = new CopyOnWriteArrayList<>();
  final Queue<Scripted> script = new ConcurrentLinkedQueue<>();
  private final Map<String, List<Integer>> versions = new HashMap<>();
  private final List<JsonNode> bodies = new ArrayList<>();
  private final HttpServer server;

  RegistryInProcess() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  String host() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  String url() {
    return "http://" + host();
  }

  /** Puts a schema there under a subject, as another producer would. */
  synchronized int put(String subject, String schema) {
    return put(subject, JSON.createObjectNode().put("schema", schema));
  }

  synchronized int put(String subject, JsonNode body) {
    int id = bodies.indexOf(body) + 1;
    if (id == 0) {
      bodies.add(body);
      id = bodies.size();
    }
    List<Integer> ids = versions.computeIfAbsent(subject, key -> new ArrayList<>());
    if (!ids.contains(id)) {
      ids.add(id);
    }
    return id;
  }

  synchronized String schema(int id) {
    return bodies.get(id - 1).path("schema").textValue();
  }

  List<String> lines() {
    return requests.stream().map(Request::line).toList();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    requests.add(new Request(line, authorization == null ? "" : authorization, body));
    Scripted scripted = script.poll();
    Scripted answer = scripted == null ? answer(exchange, body) : scripted;
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private synchronized Scripted answer(HttpExchange exchange, String body) throws IOException {
    String[] path = exchange.getRequestURI().getRawPath().substring(1).split("/", -1);
    boolean post = "POST".equals(exchange.getRequestMethod());
    if (path[0].equals("schemas")) {
      int id = Integer.parseInt(path[2]);
      return id >= 1 && id <= bodies.size() ? found(bodies.get(id - 1)) : missing(40403);
    }
    String subject = URLDecoder.decode(path[1], StandardCharsets.UTF_8);
    if (post && path.length == 3) {
      return found(JSON.createObjectNode().put("id", put(subject, JSON.readTree(body))));
    }
    List<Integer> ids = versions.getOrDefault(subject, List.of());
    if (ids.isEmpty()) {
      return missing(40401);
    }
    if (post) {
      int id = bodies.indexOf(JSON.readTree(body)) + 1;
      return ids.contains(id) ? found(JSON.createObjectNode().put("id", id)) : missing(40403);
    }
    int version = path[3].equals("latest") ? ids.size() : Integer.parseInt(path[3]);
    int id = ids.get(version - 1);
    return found(((ObjectNode) bodies.get(id - 1).deepCopy()).put("id", id));
  }

  private static Scripted found(JsonNode body) {
    return new Scripted(200, body.toString());
  }

  static Scripted missing(int code) {
    return new Scripted(404, "{\"error_code\":" + code + ",\"message\":\"not found\"}");
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
