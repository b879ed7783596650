package io.tokenmeter.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA"})
  void answersByTlsAndAsksOthersByIt(String algorithm) throws Exception {
    PemFiles pem = new PemFiles(directory, algorithm);
    Listening listening =
        new Listening(
            "127.0.0.1",
            0,
            Fleet.doors(),
            Tls.server(pem.certificate, pem.key),
            Tls.trusting(pem.certificate),
            Listening.MetricsDoor.TOKEN);
    try (Metrics metrics = new Metrics();
        QueryServer server =
            QueryServer.start(
                listening, List.of(new Application("measure", () -> State.RUNNING)), metrics)) {
      Instance self = new Instance("127.0.0.1", server.port());
      HttpPeers peers = new HttpPeers(listening, hop -> {});
      // The first handshake of a cold JVM may take longer than an instance waits for another.
      Answer first =
          await()
              .until(() -> peers.ask(self, "/healthz", Copy.OWNER), Optional::isPresent)
              .orElseThrow();
      assertThat(first.status()).isEqualTo(200);
      assertThat(peers.ask(self, "/metrics", Copy.OWNER).orElseThrow().status()).isEqualTo(200);
      HttpPeers plain = new HttpPeers(Listening.plain("127.0.0.1", 0, Fleet.doors()), hop -> {});
      assertThat(plain.ask(self, "/healthz", Copy.OWNER)).isEmpty();
      assertThatThrownBy(
              () ->
                  HttpClient.newHttpClient()
                      .send(
                          HttpRequest.newBuilder(URI.create("https://" + self + "/healthz"))
                              .build(),
                          HttpResponse.BodyHandlers.discarding()))
          .as("nobody trusts it who wasn't told to")
          .isInstanceOf(SSLHandshakeException.class);
    }
  }

  @Test
  void saysWhichFileIsWrongAndHowToMakeItRight() throws IOException {
    PemFiles pem = new PemFiles(directory, "EC");
    Path old =
        Files.writeString(
            directory.resolve("old.key"),
            "-----BEGIN RSA PRIVATE KEY-----\nAA==\n-----END RSA PRIVATE KEY-----\n");
    assertThatThrownBy(() -> Tls.server(pem.certificate, old))
        .hasMessage(
            old
                + " holds no key that begins with BEGIN PRIVATE KEY; `openssl pkcs8 -topk8 -nocrypt"
                + " -in KEY` writes one");
    assertThatThrownBy(() -> Tls.server(pem.key, pem.key))
        .hasMessage(pem.key + " holds no certificate; PEM is allowed");
    Path missing = directory.resolve("missing");
    assertThatThrownBy(() -> Tls.trusting(missing))
        .hasMessageStartingWith(missing + " can't be read: ");
  }
}
