package io.tokenmeter.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenmeter.schema.KeyMode;
import io.tokenmeter.schema.UsageRecord;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class EvolutionTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RegistryInProcess registry;
  private Map<String, Object> config;

  @BeforeEach
  void start() throws IOException {
    registry = new RegistryInProcess();
    config = Map.of(SerdeConfig.URL, registry.url());
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  /** The present schema with its fields changed. */
  private static Schema changed(Consumer<ArrayNode> change) throws IOException {
    ObjectNode schema =
        (ObjectNode) JSON.readTree(SchemaText.of(UsageRecord.getClassSchema(), true));
    change.accept((ArrayNode) schema.get("fields"));
    return new Schema.Parser().parse(schema.toString());
  }

  private static int index(ArrayNode fields, String name) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).get("name").asText().equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException("no field " + name);
  }

  private byte[] write(Schema schema) {
    return write(schema, new BigDecimal("2.000000000000"));
  }

  private byte[] write(Schema schema, BigDecimal quantity) {
    GenericRecord record = new GenericData.Record(schema);
    for (Schema.Field field : schema.getFields()) {
      switch (field.name()) {
        case "usage_id", "org_id", "meter" -> record.put(field.pos(), field.name() + "-1");
        case "quantity" -> record.put(field.pos(), quantity);
        case "occurred_at" -> record.put(field.pos(), Instant.ofEpochMilli(7));
        case "key_mode" ->
            record.put(field.pos(), new GenericData.EnumSymbol(field.schema(), "OWN"));
        case "attributes" -> record.put(field.pos(), Map.of());
        case "added" -> record.put(field.pos(), 5L);
        default -> record.put(field.pos(), null);
      }
    }
    TokenmeterAvroSerializer serializer = new TokenmeterAvroSerializer();
    serializer.configure(config, false);
    return serializer.serialize("t", record);
  }

  private UsageRecord read(byte[] bytes) {
    return RecordSerde.ofValue(UsageRecord.class, config).deserializer().deserialize("t", bytes);
  }

  @Test
  void aWriterThatDidNotKnowAFieldIsReadWithItsDefault() throws IOException {
    UsageRecord read = read(write(changed(fields -> fields.remove(index(fields, "key_mode")))));
    assertThat(read.getKeyMode()).isEqualTo(KeyMode.PLATFORM);
    assertThat(read.getQuantity()).isEqualTo(new BigDecimal("2.000000000000"));
    assertThat(read.getOccurredAt()).isEqualTo(Instant.ofEpochMilli(7));
  }

  @Test
  void aFieldThatANewerWriterAddedIsLeftOut() throws IOException {
    UsageRecord read =
        read(
            write(
                changed(
                    fields ->
                        fields
                            .insertObject(2)
                            .put("name", "added")
                            .put("type", "long")
                            .put("default", 0))));
    assertThat(read.getKeyMode()).isEqualTo(KeyMode.OWN);
    assertThat(read.getMeter()).isEqualTo("meter-1");
  }

  @Test
  void aWriterWithoutANeededFieldIsUnreadableAndTheMessageNamesIt() throws IOException {
    byte[] bytes = write(changed(fields -> fields.remove(index(fields, "meter"))));
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(UnreadableRecordException.class)
        .extracting(e -> ((UnreadableRecordException) e).kind())
        .isEqualTo(UnreadableRecordException.Kind.UNREADABLE);
    assertThatThrownBy(() -> read(bytes))
        .hasMessageContaining("missing required field meter")
        .hasNoCause();
  }

  @Test
  void aDecimalOfAnotherScaleIsRefusedInsteadOfMisread() throws IOException {
    Schema coarse =
        changed(
            fields ->
                ((ObjectNode) fields.get(index(fields, "quantity")).get("type")).put("scale", 6));
    byte[] bytes = write(coarse, new BigDecimal("2.000000"));
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(UnreadableRecordException.class)
        .hasMessage(
            "The numbers of schema id 1 mean something else: UsageRecord.quantity was written as a"
                + " decimal of 6 places and would be read as a decimal of 12 places. Write with"
                + " the logical types of io.tokenmeter.schema.UsageRecord.");
  }

  @Test
  void anInstantInAnotherUnitIsRefusedInsteadOfMisread() throws IOException {
    Schema micros =
        changed(
            fields ->
                ((ObjectNode) fields.get(index(fields, "occurred_at")).get("type"))
                    .put("logicalType", "timestamp-micros"));
    byte[] bytes = write(micros);
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(UnreadableRecordException.class)
        .hasMessageContaining(
            "UsageRecord.occurred_at was written as timestamp-micros and would be read as"
                + " timestamp-millis");
  }

  @Test
  void aNumberDeepInsideIsComparedToo() {
    Schema reader = new Schema.Parser().parse(nested(12));
    assertThat(NumberMeanings.difference(new Schema.Parser().parse(nested(12)), reader)).isEmpty();
    assertThat(NumberMeanings.difference(new Schema.Parser().parse(nested(9)), reader))
        .contains(
            "R.lines[].amount{} was written as a decimal of 9 places and would be read as a"
                + " decimal of 12 places");
  }

  private static String nested(int scale) {
    return """
        {"type":"record","name":"R","fields":[{"name":"lines","type":{"type":"array","items":
          ["null",{"type":"record","name":"L","fields":[
            {"name":"more","type":["null","R"],"default":null},
            {"name":"amount","type":{"type":"map","values":["null",
              {"type":"bytes","logicalType":"decimal","precision":38,"scale":%d}]}}]}]}}]}"""
        .formatted(scale);
  }

  @Test
  void aSchemaOfSeveralSubjectsIsPutTogether() throws IOException {
    registry.put(
        "key-mode",
        """
        {"type":"enum","name":"KeyMode","namespace":"io.tokenmeter.schema",
         "symbols":["PLATFORM","OWN"],"default":"PLATFORM"}""");
    Schema whole = changed(fields -> {});
    byte[] bytes = write(whole);
    Schema referring =
        changed(
            fields ->
                ((ObjectNode) fields.get(index(fields, "key_mode")))
                    .put("type", "string")
                    .remove("default"));
    ObjectNode body = JSON.createObjectNode();
    body.put(
        "schema",
        referring
            .toString()
            .replace(
                "{\"name\":\"key_mode\",\"type\":\"string\"",
                "{\"name\":\"key_mode\",\"type\":\"io.tokenmeter.schema.KeyMode\""));
    ObjectNode reference = body.putArray("references").addObject();
    reference.put("name", "io.tokenmeter.schema.KeyMode").put("subject", "key-mode");
    reference.put("version", 1);
    bytes[4] = (byte) registry.put("t-value", body);

    assertThat(read(bytes).getKeyMode()).isEqualTo(KeyMode.OWN);
  }

  @Test
  void theClassIsFoundByNameAndAGenericRecordStandsInWhereThereIsNone() throws IOException {
    TokenmeterAvroDeserializer any = new TokenmeterAvroDeserializer();
    any.configure(Map.of(SerdeConfig.URL, registry.url(), "specific.avro.reader", true), false);
    assertThat(any.deserialize("t", write(changed(fields -> {})))).isInstanceOf(UsageRecord.class);

    Schema unknown =
        new Schema.Parser()
            .parse(
                "{\"type\":\"record\",\"name\":\"Other\",\"fields\":"
                    + "[{\"name\":\"added\",\"type\":\"long\"}]}");
    assertThat(any.deserialize("t", write(unknown))).isInstanceOf(GenericRecord.class);
  }

  @Test
  void aSerdeOfAConfiguredDeserializerChecksTheType() throws IOException {
    Deserializer<UsageRecord> generic =
        RecordSerde.ofValue(
                UsageRecord.class,
                Map.of(
                    SerdeConfig.URL,
                    registry.url(),
                    SerdeConfig.DESERIALIZER_CLASS,
                    AlwaysText.class.getName()))
            .deserializer();
    assertThatThrownBy(() -> generic.deserialize("t", new byte[] {1}))
        .isInstanceOf(UnreadableRecordException.class)
        .hasMessage(
            "The value was read as a java.lang.String, but a io.tokenmeter.schema.UsageRecord"
                + " belongs here.");
  }

  /** A deserializer that a configuration may name by mistake. */
  public static final class AlwaysText implements Deserializer<Object> {
    @Override
    public Object deserialize(String topic, byte[] data) {
      return "text";
    }
  }
}
