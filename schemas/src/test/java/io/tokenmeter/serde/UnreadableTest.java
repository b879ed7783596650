package io.tokenmeter.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenmeter.schema.BilledUsage;
import io.tokenmeter.schema.LlmRequest;
import io.tokenmeter.schema.UsageRecord;
import io.tokenmeter.serde.UnreadableRecordException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class UnreadableTest {
  private RegistryInProcess registry;
  private Map<String, Object> config;
  private Deserializer<UsageRecord> usages;

  @BeforeEach
  void start() throws IOException {
    registry = new RegistryInProcess();
    config = Map.of(SerdeConfig.URL, registry.url(), SerdeConfig.RETRIES_WAIT_MS, 1);
    usages = RecordSerde.ofValue(UsageRecord.class, config).deserializer();
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  private UnreadableRecordException refused(byte[] bytes) {
    return catchThrowableOfType(
        UnreadableRecordException.class, () -> usages.deserialize("usage.records", bytes));
  }

  private byte[] written() {
    return RecordSerde.ofValue(UsageRecord.class, config)
        .serializer()
        .serialize("usage.records", Records.usage("u-1"));
  }

  @Test
  void bytesThatAreNotTheWireFormatAreUnreadable() {
    UnreadableRecordException empty = refused(new byte[0]);
    assertThat(empty.kind()).isEqualTo(Kind.UNREADABLE);
    assertThat(empty)
        .hasMessage(
            "The value is not in the Schema Registry's wire format: it has 0 bytes, and the magic"
                + " byte and schema id alone take 5. Produce it with a Schema Registry"
                + " serializer.");
    UnreadableRecordException json = refused("{\"usage_id\":1}".getBytes(StandardCharsets.UTF_8));
    assertThat(json.kind()).isEqualTo(Kind.UNREADABLE);
    assertThat(json).hasMessageContaining("its first byte is 123, not the magic byte 0");
    UnreadableRecordException negative = refused(new byte[] {0, -1, -1, -1, -1, 0});
    assertThat(negative.kind()).isEqualTo(Kind.UNREADABLE);
    assertThat(negative).hasMessageContaining("its schema id is -1");
    assertThat(registry.requests).isEmpty();
  }

  @Test
  void anIdThatTheRegistryDoesNotKnowIsAnUnknownSchema() {
    UnreadableRecordException unknown = refused(new byte[] {0, 0, 0, 0, 99, 1});
    assertThat(unknown.kind()).isEqualTo(Kind.UNKNOWN_SCHEMA);
    assertThat(unknown)
        .hasMessage(
            "The registry knows no schema of id 99. Register it there, or produce with this"
                + " registry's serializer.");
  }

  @Test
  void aFloodOfUnknownIdsIsNoFloodOfRequests() {
    for (int i = 0; i < 1_000; i++) {
      refused(new byte[] {0, 0, 0, 0, 99, 1});
    }
    refused(new byte[] {0, 0, 0, 0, 98, 1});
    assertThat(registry.lines())
        .containsExactly(
            "GET /schemas/ids/99",
            "GET /schemas/ids/99",
            "GET /schemas/ids/99",
            "GET /schemas/ids/98");
  }

  @Test
  void aRegistryThatLagsBehindIsAskedTwiceMore() {
    byte[] bytes = written();
    registry.script.add(RegistryInProcess.missing(40403));
    registry.script.add(RegistryInProcess.missing(40403));
    assertThat(usages.deserialize("usage.records", bytes)).isEqualTo(Records.usage("u-1"));
  }

  @Test
  void aRecordOfAnotherTypeIsTheWrongType() {
    byte[] bytes =
        RecordSerde.ofValue(LlmRequest.class, config)
            .serializer()
            .serialize("usage.records", Records.request(new byte[0]));
    UnreadableRecordException wrong = refused(bytes);
    assertThat(wrong.kind()).isEqualTo(Kind.WRONG_TYPE);
    assertThat(wrong)
        .hasMessage(
            "The value is a io.tokenmeter.schema.LlmRequest (schema id 1), but a"
                + " io.tokenmeter.schema.UsageRecord belongs here.");
  }

  @Test
  void aSchemaThatIsNoRecordIsTheWrongType() {
    registry.put("usage.records-value", "\"string\"");
    UnreadableRecordException wrong = refused(new byte[] {0, 0, 0, 0, 1, 2, 'x'});
    assertThat(wrong.kind()).isEqualTo(Kind.WRONG_TYPE);
    assertThat(wrong).hasMessageContaining("The value is a string (schema id 1)");
  }

  @Test
  void everyTruncationOfARecordIsUnreadable() {
    byte[] bytes = written();
    for (int length = 5; length < bytes.length; length++) {
      UnreadableRecordException cut = refused(Arrays.copyOf(bytes, length));
      assertThat(cut).as("cut to %d of %d bytes", length, bytes.length).isNotNull();
      assertThat(cut.kind()).isEqualTo(Kind.UNREADABLE);
    }
  }

  @Test
  void bytesAfterARecordAreUnreadable() {
    byte[] bytes = written();
    UnreadableRecordException longer = refused(Arrays.copyOf(bytes, bytes.length + 1));
    assertThat(longer.kind()).isEqualTo(Kind.UNREADABLE);
    assertThat(longer)
        .hasMessage(
            "The value doesn't fit its schema io.tokenmeter.schema.UsageRecord (id 1): bytes are"
                + " left over after it.");
  }

  @Test
  void aLengthBeyondTheBytesTakesNoMemory() throws IOException {
    RecordSerde.ofValue(BilledUsage.class, config);
    registry.put("usage.billed-value", SchemaText.of(BilledUsage.getClassSchema(), true));
    Deserializer<BilledUsage> billed =
        RecordSerde.ofValue(BilledUsage.class, config).deserializer();
    for (long length : new long[] {Integer.MAX_VALUE - 8L, 1L << 40, Long.MAX_VALUE, -5}) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      bytes.write(new byte[] {0, 0, 0, 0, 1});
      BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
      encoder.writeLong(length);
      bytes.write(new byte[20]);
      assertThatThrownBy(() -> billed.deserialize("t", bytes.toByteArray()))
          .isInstanceOf(UnreadableRecordException.class)
          .hasMessageContaining("doesn't fit its schema");
    }
  }

  @Test
  void anArrayCountBeyondTheBytesTakesNoMemory() throws IOException {
    registry.put(
        "t-value",
        """
        {"type":"record","name":"UsageRecord","namespace":"io.tokenmeter.schema","fields":[
          {"name":"many","type":{"type":"array","items":"long"}},
          {"name":"none","type":{"type":"array","items":"null"}}]}""");
    TokenmeterAvroDeserializer any = new TokenmeterAvroDeserializer();
    any.configure(config, false);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(new byte[] {0, 0, 0, 0, 1});
    EncoderFactory.get().directBinaryEncoder(bytes, null).writeLong(Integer.MAX_VALUE - 9L);
    assertThatThrownBy(() -> any.deserialize("t", bytes.toByteArray()))
        .isInstanceOf(UnreadableRecordException.class);
    ByteArrayOutputStream nulls = new ByteArrayOutputStream();
    nulls.write(new byte[] {0, 0, 0, 0, 1, 0});
    EncoderFactory.get().directBinaryEncoder(nulls, null).writeLong(Integer.MAX_VALUE - 9L);
    assertThatThrownBy(() -> any.deserialize("t", nulls.toByteArray()))
        .isInstanceOf(UnreadableRecordException.class);
  }

  @Test
  void noTextOfARecordGetsIntoTheMessage() {
    byte[] bytes =
        RecordSerde.ofValue(LlmRequest.class, config)
            .serializer()
            .serialize("t", Records.request("a secret prompt".getBytes(StandardCharsets.UTF_8)));
    Deserializer<LlmRequest> requests =
        RecordSerde.ofValue(LlmRequest.class, config).deserializer();
    for (int i = 5; i < bytes.length; i++) {
      byte[] broken = bytes.clone();
      broken[i] ^= 0x55;
      try {
        requests.deserialize("t", broken);
      } catch (UnreadableRecordException e) {
        assertThat(e)
            .hasNoCause()
            .hasMessageNotContaining("secret")
            .hasMessageNotContaining("acme");
      }
    }
  }

  @Test
  void aSchemaThatIsNotAvroIsUnreadable() {
    registry.script.add(
        new RegistryInProcess.Scripted(
            200, "{\"schemaType\":\"PROTOBUF\",\"schema\":\"message M {}\"}"));
    UnreadableRecordException proto = refused(new byte[] {0, 0, 0, 0, 7, 1});
    assertThat(proto.kind()).isEqualTo(Kind.UNREADABLE);
    assertThat(proto).hasMessageContaining("its type is PROTOBUF");
  }
}
