package io.tokenmeter.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.junit.jupiter.api.Test;

final class RecordModelTest {
  @Test
  void recordsWithEnumsAndNestedTypesAreReadWithoutASystemProperty() throws IOException {
    assertThat(System.getProperty("org.apache.avro.SERIALIZABLE_PACKAGES")).isNull();
    assertThat(System.getProperty("org.apache.avro.SERIALIZABLE_CLASSES")).isNull();
    UsageRecord usage =
        UsageRecord.newBuilder()
            .setUsageId("u-1")
            .setOrgId("acme")
            .setMeter("storage_token_days")
            .setQuantity(new BigDecimal("1.500000000000"))
            .setOccurredAt(Instant.ofEpochMilli(1_750_000_000_123L))
            .build();

    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    new SpecificDatumWriter<>(UsageRecord.class).write(usage, encoder);
    UsageRecord read =
        new SpecificDatumReader<UsageRecord>(
                usage.getSchema(), usage.getSchema(), SpecificData.getForClass(UsageRecord.class))
            .read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));

    assertThat(read).isEqualTo(usage);
    assertThat(read.getKeyMode()).isEqualTo(KeyMode.PLATFORM);
    assertThat(read.getQuantity()).isEqualTo(new BigDecimal("1.500000000000"));
  }
}
