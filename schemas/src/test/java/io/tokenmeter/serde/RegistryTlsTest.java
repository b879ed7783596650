package io.tokenmeter.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.apache.avro.Schema;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry that wants the client's certificate; both sides use one self-signed key. */
final class RegistryTlsTest {
  private static final String PASSWORD = "changeit";

  @TempDir static Path directory;
  private static Path store;
  private static HttpsServer server;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    store = directory.resolve("store.p12");
    String certificate = directory.resolve("registry.pem").toString();
    keytool(
        "-genkeypair",
        "-alias",
        "registry",
        "-keyalg",
        "EC",
        "-validity",
        "2",
        "-storetype",
        "PKCS12",
        "-dname",
        "CN=127.0.0.1",
        "-ext",
        "san=ip:127.0.0.1");
    keytool("-exportcert", "-rfc", "-alias", "registry", "-file", certificate);
    keytool("-importcert", "-noprompt", "-alias", "trusted", "-file", certificate);
    SSLContext context = Tls.context(stores("ssl."));
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters tls = context.getDefaultSSLParameters();
            tls.setNeedClientAuth(true);
            parameters.setSSLParameters(tls);
          }
        });
    server.createContext(
        "/",
        exchange -> {
          byte[] answer = "{\"schema\":\"\\\"long\\\"\"}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  @AfterAll
  static void stop() {
    server.stop(0);
  }

  private static void keytool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor()).isZero();
  }

  private static Map<String, String> stores(String prefix) {
    return new HashMap<>(
        Map.of(
            prefix + "truststore.location",
            store.toString(),
            prefix + "truststore.password",
            PASSWORD,
            prefix + "truststore.type",
            "PKCS12",
            prefix + "keystore.location",
            store.toString(),
            prefix + "keystore.password",
            PASSWORD,
            prefix + "keystore.type",
            "PKCS12"));
  }

  private static SchemaRegistryClient client(Map<String, String> tls) {
    Map<String, Object> config = new HashMap<>(tls);
    config.put(SerdeConfig.URL, "https://127.0.0.1:" + server.getAddress().getPort());
    config.put(SerdeConfig.MAX_RETRIES, 0);
    return SchemaRegistryClient.of(config);
  }

  @Test
  void theConfiguredStoresAreUsedForTrustAndForTheClientsCertificate() {
    assertThat(client(stores(SerdeConfig.SSL_PREFIX)).schema(1))
        .contains(Schema.create(Schema.Type.LONG));
  }

  @Test
  void aRegistryThatIsNotTrustedIsNotSpokenTo() {
    assertThatThrownBy(() -> client(Map.of()).schema(1))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining("SSLHandshakeException");
  }

  @Test
  void aClientWithoutItsCertificateIsTurnedAway() {
    Map<String, String> trustOnly = stores(SerdeConfig.SSL_PREFIX);
    trustOnly.keySet().removeIf(key -> key.contains("keystore"));
    assertThatThrownBy(() -> client(trustOnly).schema(1))
        .isInstanceOf(RegistryUnavailableException.class);
  }

  @Test
  void aWrongPasswordIsToldWithoutIt() {
    Map<String, String> wrong = stores(SerdeConfig.SSL_PREFIX);
    wrong.put(SerdeConfig.SSL_PREFIX + "truststore.password", "s3cret");
    assertThatThrownBy(() -> client(wrong))
        .isInstanceOf(KafkaException.class)
        .hasMessageContaining(store.toString())
        .hasMessageNotContaining("s3cret");
  }
}
