package io.tokenmeter.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Those who ask and don't read what comes. */
class SlowClientTest {
  /** More than the server has threads. */
  private static final int CLIENTS = 80;

  /** More than the buffers between two sockets hold. */
  private static final int QUESTIONS = 60;

  private static final int SMALL_BUFFER = 4096;

  private final Fleet fleet = new Fleet();
  private final Fleet.Member instance = fleet.start();

  @AfterEach
  void stop() {
    fleet.close();
  }

  @Test
  void keepNobodyElseWaiting() throws IOException {
    instance.ledger.bill("acme", "1");
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < CLIENTS; i++) {
        Socket socket = new Socket();
        sockets.add(socket);
        socket.setReceiveBufferSize(SMALL_BUFFER);
        socket.connect(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), instance.self().port()));
        socket
            .getOutputStream()
            .write(
                "GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n"
                    .repeat(QUESTIONS)
                    .getBytes(StandardCharsets.US_ASCII));
      }
      for (int i = 0; i < 10; i++) {
        assertThat(instance.ask("/v1/orgs/acme/balance").statusCode()).isEqualTo(200);
      }
      await().untilAsserted(() -> assertThat(writing()).isEmpty());
      // The first still gets all that it asked for, once it reads.
      Socket first = sockets.get(0);
      int answer = instance.ask("/openapi.json").body().getBytes(StandardCharsets.UTF_8).length;
      long all = (long) QUESTIONS * answer;
      first.setSoTimeout(20_000);
      long read = 0;
      byte[] buffer = new byte[1 << 16];
      while (read < all) {
        int more = first.getInputStream().read(buffer);
        assertThat(more).as("bytes after %d of more than %d", read, all).isPositive();
        read += more;
      }
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  /** Threads that wait for a client to read. */
  private static List<String> writing() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(
            thread ->
                Arrays.stream(thread.getValue())
                    .anyMatch(frame -> frame.getClassName().endsWith(".HttpOutput")))
        .map(thread -> thread.getKey().getName())
        .toList();
  }
}
