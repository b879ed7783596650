package io.tokenmeter.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenmeter.schema.UsageRecord;
import io.tokenmeter.serde.RegistryInProcess.Scripted;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RegistryFailureTest {
  private static final byte[] OF_SCHEMA_1 = {0, 0, 0, 0, 1, 1};

  private RegistryInProcess registry;

  @BeforeEach
  void start() throws IOException {
    registry = new RegistryInProcess();
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  private Serde<UsageRecord> serde(String urls, Map<String, ?> more) {
    Map<String, Object> config = new HashMap<>(more);
    config.put(SerdeConfig.URL, urls);
    config.putIfAbsent(SerdeConfig.RETRIES_WAIT_MS, "1");
    config.putIfAbsent(SerdeConfig.MAX_RETRIES, "2");
    return RecordSerde.ofValue(UsageRecord.class, config);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503})
  void aPassingFailureIsTriedAgain(int status) {
    registry.script.add(new Scripted(status, "later"));
    registry.script.add(new Scripted(status, "later"));
    Serde<UsageRecord> serde = serde(registry.url(), Map.of());
    byte[] bytes = serde.serializer().serialize("t", Records.usage("u-1"));
    assertThat(serde.deserializer().deserialize("t", bytes)).isEqualTo(Records.usage("u-1"));
    assertThat(registry.requests).hasSize(4);
  }

  @Test
  void aRegistryThatKeepsFailingIsUnavailableAndNotTheRecordsFault() {
    for (int i = 0; i < 3; i++) {
      registry.script.add(new Scripted(503, ""));
    }
    assertThatThrownBy(
            () -> serde(registry.url(), Map.of()).deserializer().deserialize("t", OF_SCHEMA_1))
        .isInstanceOf(RegistryUnavailableException.class)
        .isInstanceOf(RetriableException.class)
        .hasMessage(
            "No schema registry answered GET /schemas/ids/1 in 3 rounds over ["
                + registry.url()
                + "]; the last failure: "
                + registry.url()
                + " answered 503. Check that it runs and that schema.registry.url is right; the"
                + " record can be read or written once it answers.");
    assertThat(registry.requests).hasSize(3);
  }

  @Test
  void aFailureIsNotRememberedOnceTheRegistryIsBack() {
    registry.script.add(new Scripted(503, ""));
    Serde<UsageRecord> serde = serde(registry.url(), Map.of(SerdeConfig.MAX_RETRIES, "0"));
    assertThatThrownBy(() -> serde.serializer().serialize("t", Records.usage("u-1")))
        .isInstanceOf(RegistryUnavailableException.class);
    assertThat(serde.serializer().serialize("t", Records.usage("u-1"))).isNotEmpty();
  }

  @Test
  void aRegistryThatIsNotThereIsUnavailable() {
    registry.close();
    assertThatThrownBy(
            () -> serde(registry.url(), Map.of()).deserializer().deserialize("t", OF_SCHEMA_1))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining("ConnectException");
  }

  @Test
  void anAnswerThatIsNotJsonIsUnavailable() {
    for (int i = 0; i < 3; i++) {
      registry.script.add(new Scripted(200, "<html>back soon</html>"));
    }
    assertThatThrownBy(
            () -> serde(registry.url(), Map.of()).deserializer().deserialize("t", OF_SCHEMA_1))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining("something else than JSON");
  }

  @Test
  void theNextUrlIsAskedAndThenPreferred() throws IOException {
    try (RegistryInProcess down = new RegistryInProcess()) {
      down.script.add(new Scripted(503, ""));
      down.script.add(new Scripted(503, ""));
      Serde<UsageRecord> serde = serde(down.url() + "," + registry.url(), Map.of());
      byte[] bytes = serde.serializer().serialize("t", Records.usage("u-1"));
      assertThat(serde.deserializer().deserialize("t", bytes)).isEqualTo(Records.usage("u-1"));
      assertThat(down.requests).hasSize(1);
      assertThat(registry.requests).hasSize(2);
    }
  }

  @Test
  void a404ThatIsNoRegistrysIsAWrongUrlAndRejectsNoRecord() {
    registry.script.add(new Scripted(404, "<html>nothing here</html>"));
    assertThatThrownBy(
            () -> serde(registry.url(), Map.of()).deserializer().deserialize("t", OF_SCHEMA_1))
        .isInstanceOf(RegistryRefusedException.class)
        .hasMessage(
            "The schema registry "
                + registry.url()
                + " answered GET /schemas/ids/1 with 404 (nothing of a registry is there: check"
                + " the path in schema.registry.url): <html>nothing here</html>");
  }

  @Test
  void aRefusedPasswordRejectsNoRecord() {
    registry.script.add(new Scripted(401, "{\"error_code\":401,\"message\":\"Unauthorized\"}"));
    assertThatThrownBy(
            () -> serde(registry.url(), Map.of()).deserializer().deserialize("t", OF_SCHEMA_1))
        .isInstanceOf(RegistryRefusedException.class)
        .hasMessageContaining("401 (check basic.auth.user.info or bearer.auth.token");
  }

  @Test
  void aRedirectIsNotFollowed() {
    registry.script.add(new Scripted(302, ""));
    assertThatThrownBy(
            () -> serde(registry.url(), Map.of()).deserializer().deserialize("t", OF_SCHEMA_1))
        .isInstanceOf(RegistryRefusedException.class)
        .hasMessageContaining("put its target into schema.registry.url");
  }

  @Test
  void anIncompatibleSchemaIsRefusedOnWriting() {
    registry.script.add(new Scripted(409, "{\"error_code\":409,\"message\":\"incompatible\"}"));
    assertThatThrownBy(
            () -> serde(registry.url(), Map.of()).serializer().serialize("t", Records.usage("u")))
        .isInstanceOf(RegistryRefusedException.class)
        .hasMessageContaining("409 (the schema breaks the subject's compatibility rule)");
  }

  @Test
  void anInterruptedThreadStopsWaiting() {
    registry.close();
    Serde<UsageRecord> serde = serde(registry.url(), Map.of(SerdeConfig.RETRIES_WAIT_MS, "60000"));
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> serde.deserializer().deserialize("t", OF_SCHEMA_1))
        .isInstanceOf(InterruptException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
