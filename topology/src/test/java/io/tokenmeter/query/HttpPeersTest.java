package io.tokenmeter.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An instance that takes a connection and then hangs, as one that is stopped or cut off does. */
class HttpPeersTest {
  private static final String TARGET = "/v1/orgs/acme/balance";
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Socket> accepted = new CopyOnWriteArrayList<>();
  private final List<HttpPeers.Hop> hops = Collections.synchronizedList(new ArrayList<>());
  private final HttpPeers peers =
      new HttpPeers(Listening.plain("127.0.0.1", 0, Fleet.doors()), hops::add);
  private final ServerSocket server;
  private final Instance hanging;

  HttpPeersTest() throws IOException {
    server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    hanging = new Instance("127.0.0.1", server.getLocalPort());
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    for (Socket socket : accepted) {
      socket.close();
    }
    threads.shutdownNow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"balance\":"
      })
  void isGivenUpWhereverItsAnswerStops(String answer) {
    threads.execute(() -> accept(answer));
    CompletableFuture<Optional<Answer>> asked =
        CompletableFuture.supplyAsync(() -> peers.ask(hanging, TARGET, Copy.OWNER), threads);
    await().atMost(HttpPeers.ANSWER_TIMEOUT.plus(Duration.ofSeconds(8))).until(asked::isDone);
    assertThat(asked.join()).isEmpty();
    assertThat(hops).containsExactly(HttpPeers.Hop.UNREACHABLE);
  }

  @Test
  void isNotAskedByMoreThanTheBoundAndByOthersOnceItIsGivenUp() {
    threads.execute(() -> accept(""));
    List<CompletableFuture<Optional<Answer>>> asked = new ArrayList<>();
    for (int i = 0; i < 3 * HttpPeers.CONCURRENT; i++) {
      asked.add(
          CompletableFuture.supplyAsync(() -> peers.ask(hanging, TARGET, Copy.OWNER), threads));
    }
    asked.forEach(one -> assertThat(one.join()).isEmpty());
    assertThat(hops).hasSize(3 * HttpPeers.CONCURRENT).contains(HttpPeers.Hop.BUSY);
    assertThat(hops)
        .filteredOn(hop -> hop == HttpPeers.Hop.UNREACHABLE)
        .hasSizeGreaterThanOrEqualTo(HttpPeers.CONCURRENT);

    hops.clear();
    peers.ask(hanging, TARGET, Copy.OWNER);
    assertThat(hops).containsExactly(HttpPeers.Hop.UNREACHABLE);
  }

  private void accept(String answer) {
    try {
      while (true) {
        Socket socket = server.accept();
        accepted.add(socket);
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
      }
    } catch (IOException e) {
      // The test has ended.
    }
  }
}
