package io.tokenmeter.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.embedded.SharedBroker;
import io.tokenmeter.schema.ContentHash;
import io.tokenmeter.schema.JournalEntry;
import io.tokenmeter.schema.KeyMode;
import io.tokenmeter.schema.MeterReading;
import io.tokenmeter.schema.Origin;
import io.tokenmeter.schema.Provenance;
import io.tokenmeter.schema.RequestMeasured;
import io.tokenmeter.schema.UsageRecord;
import io.tokenmeter.serde.RecordSerde;
import io.tokenmeter.topics.TopicPrefix;
import io.tokenmeter.topics.Topics;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Ours and Confluent's real serializer 7.9.5 read and write each other's bytes. */
@ExtendWith(SharedBroker.class)
final class ConfluentInteropIT {
  private static final TopicPrefix PREFIX = SharedBroker.prefix(ConfluentInteropIT.class);
  private static final BigDecimal QUANTITY = new BigDecimal("123456789012345.000000000001");
  private static final Instant OCCURRED = Instant.ofEpochMilli(1_750_000_000_123L);

  private static ConfluentSide confluent;

  @BeforeAll
  static void load() throws Exception {
    confluent = new ConfluentSide(SharedBroker.registryUrl());
  }

  @AfterAll
  static void unload() throws Exception {
    confluent.close();
  }

  private static <T extends SpecificRecord> Serde<T> ours(Class<T> type) {
    return RecordSerde.ofValue(type, Map.of("schema.registry.url", SharedBroker.registryUrl()));
  }

  private static UsageRecord usage() {
    return UsageRecord.newBuilder()
        .setUsageId("u-1")
        .setOrgId("acme")
        .setMeter("storage_token_days")
        .setQuantity(QUANTITY)
        .setKeyMode(KeyMode.OWN)
        .setOccurredAt(OCCURRED)
        .setAttributes(Map.of("size", "large"))
        .build();
  }

  private static Map<String, Object> fields() {
    Map<String, Object> fields = new HashMap<>();
    for (String absent :
        List.of("project_id", "user_id", "api_key_id", "provider", "model", "billing_type")) {
      fields.put(absent, null);
    }
    fields.put("usage_id", "u-1");
    fields.put("org_id", "acme");
    fields.put("meter", "storage_token_days");
    fields.put("quantity", QUANTITY);
    fields.put("key_mode", KeyMode.OWN);
    fields.put("occurred_at", OCCURRED);
    fields.put("attributes", Map.of("size", "large"));
    return fields;
  }

  /** The schema as it is published, which a producer in another language would use. */
  private static String published(Topics topic) throws Exception {
    return Files.readString(
        Path.of(System.getProperty("tokenmeter.root"), "schemas/src/released/0.1.0")
            .resolve(topic.baseName() + ".avsc"));
  }

  @Test
  void theOtherSideIsReallyAnother() throws Exception {
    assertThat(confluent.kafkaVersion()).startsWith("3.9").isNotEqualTo(AppInfoParser.getVersion());
  }

  @Test
  void confluentReadsWhatWeWrite() throws Exception {
    String topic = Topics.USAGE_RECORDS.name(PREFIX) + ".a";
    byte[] bytes = ours(UsageRecord.class).serializer().serialize(topic, usage());
    Map<String, Object> expected = fields();
    expected.put("key_mode", "OWN");
    assertThat(confluent.read(topic, bytes)).isEqualTo(expected);
  }

  @Test
  void weReadWhatConfluentWrites() throws Exception {
    String topic = Topics.USAGE_RECORDS.name(PREFIX) + ".b";
    byte[] bytes = confluent.write(topic, published(Topics.USAGE_RECORDS), fields());
    assertThat(ours(UsageRecord.class).deserializer().deserialize(topic, bytes)).isEqualTo(usage());
  }

  @Test
  void bothRegisterTheSameIdAndWriteTheSameBytesWhoeverIsFirst() throws Exception {
    String schema = published(Topics.USAGE_RECORDS);
    String oursFirst = Topics.USAGE_RECORDS.name(PREFIX) + ".c";
    String theirsFirst = Topics.USAGE_RECORDS.name(PREFIX) + ".d";
    Serde<UsageRecord> ours = ours(UsageRecord.class);

    byte[] bytes = ours.serializer().serialize(oursFirst, usage());
    assertThat(confluent.write(oursFirst, schema, fields())).isEqualTo(bytes);
    byte[] theirBytes = confluent.write(theirsFirst, schema, fields());
    assertThat(ours.serializer().serialize(theirsFirst, usage())).isEqualTo(theirBytes);
    assertThat(ByteBuffer.wrap(bytes, 1, 4).getInt()).isPositive();
  }

  @Test
  void aNestedRecordOfUnionsFixedEnumsAndDecimalsGoesThroughConfluentUnchanged() throws Exception {
    String topic = Topics.LEDGER_JOURNAL.name(PREFIX);
    RequestMeasured request =
        RequestMeasured.newBuilder()
            .setRequestId("r-1")
            .setProvider("openai")
            .setDialect("openai-chat")
            .setOperation("chat")
            .setEndpoint("/v1/chat/completions")
            .setOccurredAt(OCCURRED)
            .setReadings(
                List.of(
                    MeterReading.newBuilder()
                        .setMeter("input_tokens")
                        .setQuantity(new BigDecimal("1234.000000000000"))
                        .setProvenance(Provenance.TOKENIZED)
                        .build()))
            .build();
    JournalEntry entry =
        JournalEntry.newBuilder()
            .setOrgId("acme")
            .setContentHash(new ContentHash(new byte[16]))
            .setOrigin(Origin.newBuilder().setTopic("t").setPartition(3).setOffset(7L).build())
            .setEntry(request)
            .build();
    Serde<JournalEntry> ours = ours(JournalEntry.class);

    byte[] bytes = ours.serializer().serialize(topic, entry);
    byte[] through = confluent.readAndWrite(topic, bytes);
    assertThat(through).isEqualTo(bytes);
    assertThat(ours.deserializer().deserialize(topic, through)).isEqualTo(entry);
  }
}
