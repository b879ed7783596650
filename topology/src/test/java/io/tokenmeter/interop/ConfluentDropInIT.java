package io.tokenmeter.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenmeter.embedded.SharedBroker;
import io.tokenmeter.schema.LlmResponse;
import io.tokenmeter.schema.UsageRecord;
import io.tokenmeter.serde.RecordSerde;
import io.tokenmeter.serde.RegistryRefusedException;
import io.tokenmeter.serde.RegistryUnavailableException;
import io.tokenmeter.serde.UnreadableRecordException;
import io.tokenmeter.serde.UnreadableRecordException.Kind;
import io.tokenmeter.topics.TopicPrefix;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Confluent's own classes, named by the configuration, on this project's Kafka and Avro: as with
 * the profile {@code confluent}.
 */
@ExtendWith(SharedBroker.class)
final class ConfluentDropInIT {
  private static final TopicPrefix PREFIX = SharedBroker.prefix(ConfluentDropInIT.class);
  private static final String TOPIC = PREFIX.value() + "usage";

  private ClassLoader before;
  private URLClassLoader loader;

  @BeforeEach
  void useConfluentsJar() throws IOException {
    before = Thread.currentThread().getContextClassLoader();
    loader = new URLClassLoader(new URL[] {ConfluentSide.jar()}, before);
    Thread.currentThread().setContextClassLoader(loader);
  }

  @AfterEach
  void leaveIt() throws IOException {
    Thread.currentThread().setContextClassLoader(before);
    loader.close();
  }

  private static <T extends SpecificRecord> Serde<T> confluents(Class<T> type, String url) {
    Map<String, Object> config = new HashMap<>();
    config.put("schema.registry.url", url);
    config.put("avro.serializer.class", "io.confluent.kafka.serializers.KafkaAvroSerializer");
    config.put("avro.deserializer.class", "io.confluent.kafka.serializers.KafkaAvroDeserializer");
    config.put("avro.remove.java.properties", true);
    config.put("max.retries", 0);
    return RecordSerde.ofValue(type, config);
  }

  private static UsageRecord usage() {
    return UsageRecord.newBuilder()
        .setUsageId("u-1")
        .setOrgId("acme")
        .setMeter("storage_token_days")
        .setQuantity(new BigDecimal("0.000000000001"))
        .setOccurredAt(Instant.ofEpochMilli(1_750_000_000_123L))
        .build();
  }

  @Test
  void theirClassesWriteAndReadTheSameBytesAsOurs() {
    Serde<UsageRecord> theirs = confluents(UsageRecord.class, SharedBroker.registryUrl());
    Serde<UsageRecord> ours =
        RecordSerde.ofValue(
            UsageRecord.class, Map.of("schema.registry.url", SharedBroker.registryUrl()));
    byte[] bytes = theirs.serializer().serialize(TOPIC, usage());
    assertThat(ours.serializer().serialize(TOPIC, usage())).isEqualTo(bytes);
    assertThat(theirs.deserializer().deserialize(TOPIC, bytes)).isEqualTo(usage());
    assertThat(ours.deserializer().deserialize(TOPIC, bytes)).isEqualTo(usage());
  }

  @Test
  void theirFailuresAreSortedAsOurs() {
    Serde<UsageRecord> theirs = confluents(UsageRecord.class, SharedBroker.registryUrl());
    byte[] bytes = theirs.serializer().serialize(TOPIC, usage());

    assertKind(theirs, "plain text".getBytes(StandardCharsets.UTF_8), Kind.UNREADABLE);
    assertKind(theirs, Arrays.copyOf(bytes, bytes.length - 3), Kind.UNREADABLE);
    byte[] unknown = ByteBuffer.allocate(6).put((byte) 0).putInt(999_999).array();
    assertKind(theirs, unknown, Kind.UNKNOWN_SCHEMA);

    Serde<UsageRecord> nowhere = confluents(UsageRecord.class, "http://127.0.0.1:1");
    assertThatThrownBy(() -> nowhere.deserializer().deserialize(TOPIC, bytes))
        .isInstanceOf(RegistryUnavailableException.class);
  }

  @Test
  void aWrongUrlRejectsNoRecord() {
    Serde<UsageRecord> theirs = confluents(UsageRecord.class, SharedBroker.registryUrl());
    byte[] bytes = theirs.serializer().serialize(TOPIC, usage());
    Serde<UsageRecord> wrong =
        confluents(UsageRecord.class, SharedBroker.registryUrl() + "/nothing");
    assertThatThrownBy(() -> wrong.deserializer().deserialize(TOPIC, bytes))
        .isInstanceOf(RegistryRefusedException.class)
        .hasMessageContaining("404");
  }

  private static void assertKind(Serde<UsageRecord> serde, byte[] bytes, Kind kind) {
    assertThatThrownBy(() -> serde.deserializer().deserialize(TOPIC, bytes))
        .isInstanceOf(UnreadableRecordException.class)
        .extracting(e -> ((UnreadableRecordException) e).kind())
        .isEqualTo(kind);
  }

  @Test
  void aRecordOfAnotherTypeIsNotReadAsOurs() {
    Serde<LlmResponse> responses = confluents(LlmResponse.class, SharedBroker.registryUrl());
    byte[] bytes =
        confluents(UsageRecord.class, SharedBroker.registryUrl())
            .serializer()
            .serialize(TOPIC, usage());
    assertThatThrownBy(() -> responses.deserializer().deserialize(TOPIC, bytes))
        .isInstanceOf(UnreadableRecordException.class);
  }
}
