package io.tokenmeter.connect;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.avro.Schema;

/** The one answer of a registry that a reader needs: the schema of an id, the first being 1. */
final class RegistryOfIds implements AutoCloseable {
  private final List<Schema> schemas = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private volatile boolean isDown;

  RegistryOfIds() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/schemas/ids/", this::answer);
    server.start();
  }

  /** Takes a schema in, and tells its id. */
  synchronized int add(Schema schema) {
    schemas.add(schema);
    return schemas.size();
  }

  void goDown() {
    isDown = true;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    int id = Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
    if (isDown) {
      send(exchange, 503, "{}");
    } else if (id > schemas.size()) {
      send(exchange, 404, "{\"error_code\": 40403, \"message\": \"not found\"}");
    } else {
      send(
          exchange,
          200,
          new ObjectMapper().writeValueAsString(Map.of("schema", schemas.get(id - 1).toString())));
    }
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
