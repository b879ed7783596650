package io.tokenmeter.connect;

import io.tokenmeter.schema.ChargeLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;

/** Records as they stand on a topic, written without the code under test. */
final class Wire {
  private Wire() {}

  static byte[] bytes(int schemaId, Schema schema, Object record) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(ByteBuffer.allocate(5).put((byte) 0).putInt(schemaId).array());
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    DatumWriter<Object> writer =
        record instanceof SpecificRecord
            ? writerOf(record, schema)
            : new GenericDatumWriter<>(schema);
    writer.write(record, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  @SuppressWarnings("unchecked")
  private static DatumWriter<Object> writerOf(Object record, Schema schema) {
    return (DatumWriter<Object>)
        SpecificData.getForClass(record.getClass()).createDatumWriter(schema);
  }

  /** The charge line in a value of the wire format. */
  static ChargeLine charge(byte[] value) throws IOException {
    DatumReader<ChargeLine> reader = new SpecificDatumReader<>(ChargeLine.class);
    return reader.read(null, DecoderFactory.get().binaryDecoder(value, 5, value.length - 5, null));
  }

  static ChargeLine charge() {
    return ChargeLine.newBuilder()
        .setUsageId("req-1")
        .setLine(2)
        .setOrgId("acme")
        .setSequence(9_007_199_254_740_993L)
        .setProjectId("search")
        .setOperation("chat")
        .setModel("gpt-4.1-mini")
        .setResponseModel("gpt-4.1-mini-2025-04-14")
        .setProvider("openai")
        .setKeyMode("PLATFORM")
        .setBillingType("chat")
        .setMeter("input_tokens")
        .setRateMeter("input_tokens")
        .setQuantity(decimal("1234567.890123456789"))
        .setPrice(new BigDecimal("0.000000000000000001"))
        .setPer(decimal("1000"))
        .setAmount(decimal("-99999999999999999999999999.999999999999"))
        .setUnit("credit")
        .setProvenance("REPORTED")
        .setBook("gptbots")
        .setPriceVersion("v1")
        .setOutcome("OK")
        .setOccurredAt(Instant.parse("2026-03-01T10:15:30.123Z"))
        .setBilledAt(Instant.parse("1969-12-31T23:59:59.999Z"))
        .build();
  }

  private static BigDecimal decimal(String plain) {
    return new BigDecimal(plain).setScale(12);
  }
}
