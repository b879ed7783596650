package io.tokenmeter.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenmeter.schema.LlmRequest;
import io.tokenmeter.schema.UsageRecord;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RoundTripTest {
  private RegistryInProcess registry;

  @BeforeEach
  void start() throws IOException {
    registry = new RegistryInProcess();
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  private Serde<UsageRecord> usages() {
    return RecordSerde.ofValue(UsageRecord.class, Map.of(SerdeConfig.URL, registry.url()));
  }

  @Test
  void aRecordComesBackEqualInTheWireFormat() {
    Serde<UsageRecord> serde = usages();
    UsageRecord usage = Records.usage("u-1");

    byte[] bytes = serde.serializer().serialize("usage.records", usage);

    assertThat(Arrays.copyOf(bytes, 5)).containsExactly(0, 0, 0, 0, 1);
    assertThat(serde.deserializer().deserialize("usage.records", bytes)).isEqualTo(usage);
  }

  @Test
  void anIdIsWrittenMostSignificantByteFirst() {
    byte[] header = new byte[5];
    WireFormat.putHeader(header, 0x01020384);
    assertThat(header).containsExactly(0, 1, 2, 3, 0x84);
    assertThat(WireFormat.schemaId(header, 0, 5)).isEqualTo(0x01020384);
  }

  @Test
  void aTombstoneIsNullBothWays() {
    Serde<UsageRecord> serde = usages();
    assertThat(serde.serializer().serialize("t", null)).isNull();
    assertThat(serde.deserializer().deserialize("t", null)).isNull();
    assertThat(serde.deserializer().deserialize("t", new RecordHeaders(), (ByteBuffer) null))
        .isNull();
    assertThat(registry.requests).isEmpty();
  }

  @Test
  void aSliceOfABufferIsReadInPlaceAndLeftAsItWas() {
    Serde<UsageRecord> serde = usages();
    UsageRecord usage = Records.usage("u-1");
    byte[] bytes = serde.serializer().serialize("t", usage);
    ByteBuffer around = ByteBuffer.allocate(bytes.length + 20);
    around.position(7).put(bytes).flip().position(7);
    ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();

    assertThat(serde.deserializer().deserialize("t", new RecordHeaders(), around.slice()))
        .isEqualTo(usage);
    assertThat(serde.deserializer().deserialize("t", new RecordHeaders(), around)).isEqualTo(usage);
    assertThat(serde.deserializer().deserialize("t", new RecordHeaders(), direct)).isEqualTo(usage);
    assertThat(around.position()).isEqualTo(7);
  }

  @Test
  void aLargeBodyAndASmallOneAfterItComeBackEqual() {
    Serde<LlmRequest> serde =
        RecordSerde.ofValue(LlmRequest.class, Map.of(SerdeConfig.URL, registry.url()));
    byte[] body = new byte[9 * 1024 * 1024];
    Arrays.fill(body, (byte) 'x');
    for (LlmRequest request : List.of(Records.request(body), Records.request(new byte[0]))) {
      byte[] bytes = serde.serializer().serialize("llm.requests", request);
      assertThat(serde.deserializer().deserialize("llm.requests", bytes)).isEqualTo(request);
    }
  }

  @Test
  void theRegistryIsAskedOncePerSchemaAndNotPerRecord() {
    Serde<UsageRecord> writer = usages();
    Serde<UsageRecord> reader = usages();
    for (int i = 0; i < 100; i++) {
      byte[] bytes = writer.serializer().serialize("usage.records", Records.usage("u-" + i));
      reader.deserializer().deserialize("usage.records", bytes);
    }
    assertThat(registry.lines())
        .containsExactly("POST /subjects/usage.records-value/versions", "GET /schemas/ids/1");
  }

  @Test
  void whatIsRegisteredEqualsThePublishedSchemaWithoutJavaProperties() {
    usages().serializer().serialize("t", Records.usage("u-1"));
    assertThat(registry.schema(1))
        .doesNotContain("avro.java.string")
        .contains("\"name\":\"meter\"");
    assertThat(new Schema.Parser().parse(registry.schema(1)).getField("meter").schema())
        .isEqualTo(Schema.create(Schema.Type.STRING));
  }

  @Test
  void manyThreadsShareOneSerde() throws Exception {
    Serde<UsageRecord> serde = usages();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Boolean>> jobs = new ArrayList<>();
      for (int job = 0; job < 8; job++) {
        String name = "job-" + job + "-";
        jobs.add(
            () -> {
              for (int i = 0; i < 500; i++) {
                UsageRecord usage = Records.usage(name + i);
                byte[] bytes = serde.serializer().serialize("t", usage);
                if (!usage.equals(serde.deserializer().deserialize("t", bytes))) {
                  return false;
                }
              }
              return true;
            });
      }
      for (Future<Boolean> equal : threads.invokeAll(jobs)) {
        assertThat(equal.get()).isTrue();
      }
    } finally {
      threads.shutdown();
    }
    assertThat(registry.requests).hasSize(2);
  }

  @Test
  void genericRecordsComeBackWithPlainOrConvertedValues() {
    GenericRecord usage = new GenericData.Record(schema());
    usage.put("quantity", new BigDecimal("1.25"));
    usage.put("at", Instant.ofEpochMilli(5));
    TokenmeterAvroSerializer serializer = new TokenmeterAvroSerializer();
    serializer.configure(Map.of(SerdeConfig.URL, registry.url()), false);
    byte[] bytes = serializer.serialize("t", usage);

    TokenmeterAvroDeserializer plain = new TokenmeterAvroDeserializer();
    plain.configure(Map.of(SerdeConfig.URL, registry.url()), false);
    TokenmeterAvroDeserializer converted = new TokenmeterAvroDeserializer();
    converted.configure(
        Map.of(SerdeConfig.URL, registry.url(), SerdeConfig.LOGICAL_TYPES, "true"), false);

    GenericRecord asBytes = (GenericRecord) plain.deserialize("t", bytes);
    assertThat(asBytes.get("quantity")).isEqualTo(ByteBuffer.wrap(new byte[] {125}));
    assertThat(asBytes.get("at")).isEqualTo(5L);
    GenericRecord asValues = (GenericRecord) converted.deserialize("t", bytes);
    assertThat(asValues.get("quantity")).isEqualTo(new BigDecimal("1.25"));
    assertThat(asValues.get("at")).isEqualTo(Instant.ofEpochMilli(5));
    assertThat(serializer.serialize("t", asBytes)).isEqualTo(bytes);
  }

  @Test
  void aRecordThatBreaksItsSchemaNamesTheFieldButNoValue() {
    Serde<UsageRecord> serde = usages();
    UsageRecord missing = Records.usage("u-1");
    missing.put("meter", null);
    assertThatThrownBy(() -> serde.serializer().serialize("t", missing))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("io.tokenmeter.schema.UsageRecord")
        .hasMessageContaining("meter");

    TokenmeterAvroSerializer any = new TokenmeterAvroSerializer();
    any.configure(Map.of(SerdeConfig.URL, registry.url()), false);
    GenericRecord wrong = new GenericData.Record(schema());
    wrong.put("quantity", "a secret prompt");
    wrong.put("at", 5L);
    assertThatThrownBy(() -> any.serialize("t", wrong))
        .isInstanceOf(SerializationException.class)
        .hasNoCause()
        .hasMessageContaining("doesn't fit its schema")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> any.serialize("t", "text"))
        .isInstanceOf(SerializationException.class)
        .hasMessage(
            "A java.lang.String is no Avro record. Give the serializer of topic t a specific or"
                + " generic record.");
  }

  private static Schema schema() {
    return new Schema.Parser()
        .parse(
            """
            {"type":"record","name":"Reading","namespace":"other","fields":[
              {"name":"quantity","type":
                {"type":"bytes","logicalType":"decimal","precision":10,"scale":2}},
              {"name":"at","type":{"type":"long","logicalType":"timestamp-millis"}}]}""");
  }
}
