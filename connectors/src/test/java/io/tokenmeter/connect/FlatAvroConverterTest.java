package io.tokenmeter.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenmeter.schema.BilledUsage;
import io.tokenmeter.schema.ChargeLine;
import io.tokenmeter.serde.RegistryUnavailableException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.storage.Converter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FlatAvroConverterTest {
  private static final String TOPIC = "usage.charges";

  private final FlatAvroConverter converter = new FlatAvroConverter();
  private RegistryOfIds registry;

  @BeforeEach
  void configure() throws IOException {
    registry = new RegistryOfIds();
    converter.configure(
        Map.of("schema.registry.url", registry.url(), "max.retries", "0"), /* isKey= */ false);
  }

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void a_charge_line_keeps_every_field_and_digit() throws IOException {
    ChargeLine charge = Wire.charge();
    SchemaAndValue converted = converter.toConnectData(TOPIC, bytes(charge));
    Struct row = (Struct) converted.value();
    row.validate();

    assertThat(converted.schema().fields())
        .extracting(Field::name)
        .containsExactlyElementsOf(
            charge.getSchema().getFields().stream().map(field -> field.name()).toList());
    for (org.apache.avro.Schema.Field field : charge.getSchema().getFields()) {
      assertThat(row.get(field.name())).as(field.name()).isEqualTo(expected(charge, field));
    }
    assertThat(row.get("amount"))
        .isEqualTo(new BigDecimal("-99999999999999999999999999.999999999999"));
    assertThat(row.get("sequence")).isEqualTo(9_007_199_254_740_993L);
  }

  @Test
  void decimals_tell_their_precision_and_scale_and_times_are_times() throws IOException {
    Schema schema = converter.toConnectData(TOPIC, bytes(Wire.charge())).schema();

    assertThat(schema.field("amount").schema().name()).isEqualTo(Decimal.LOGICAL_NAME);
    assertThat(schema.field("amount").schema().parameters())
        .isEqualTo(Map.of("scale", "12", "connect.decimal.precision", "38"));
    assertThat(schema.field("price").schema().parameters()).containsEntry("scale", "18");
    assertThat(schema.field("occurred_at").schema().name()).isEqualTo(Timestamp.LOGICAL_NAME);
  }

  @Test
  void a_field_may_be_null_where_the_record_says_so_and_nowhere_else() throws IOException {
    Schema schema = converter.toConnectData(TOPIC, bytes(Wire.charge())).schema();

    assertThat(schema.fields().stream().filter(field -> field.schema().isOptional()))
        .extracting(Field::name)
        .containsExactly(
            "project_id",
            "user_id",
            "api_key_id",
            "provider",
            "model",
            "response_model",
            "price_version",
            "free_reason",
            "price_book",
            "priced_model",
            "matched_name",
            "base_price",
            "month_to_date");
  }

  @Test
  void a_field_that_a_newer_schema_adds_is_a_column_more() throws IOException {
    org.apache.avro.Schema newer =
        SchemaBuilder.record("ChargeLine")
            .fields()
            .requiredString("usage_id")
            .requiredBoolean("settled")
            .name("colour")
            .type()
            .enumeration("Colour")
            .symbols("RED")
            .noDefault()
            .optionalLong("more")
            .endRecord();
    GenericData.Record record = new GenericData.Record(newer);
    record.put("usage_id", "u");
    record.put("settled", true);
    record.put("colour", new GenericData.EnumSymbol(newer.getField("colour").schema(), "RED"));
    record.put("more", 5L);
    converter.toConnectData(TOPIC, bytes(Wire.charge()));

    Struct row =
        (Struct)
            converter.toConnectData(TOPIC, Wire.bytes(registry.add(newer), newer, record)).value();

    assertThat(row.getBoolean("settled")).isTrue();
    assertThat(row.getString("colour")).isEqualTo("RED");
    assertThat(row.getInt64("more")).isEqualTo(5);
  }

  @Test
  void a_tombstone_is_a_row_that_is_gone() {
    SchemaAndValue gone = converter.toConnectData(TOPIC, null);

    assertThat(gone.value()).isNull();
    assertThat(gone.schema().isOptional()).isTrue();
  }

  @Test
  void bytes_that_are_no_record_are_for_the_dead_letters() throws IOException {
    byte[] cut = bytes(Wire.charge());

    assertThatThrownBy(() -> converter.toConnectData(TOPIC, new byte[] {1, 2, 3}))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("usage.charges: ");
    assertThatThrownBy(() -> converter.toConnectData(TOPIC, new byte[] {0, 0, 0, 0, 99, 1}))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("knows no schema of id 99");
    assertThatThrownBy(() -> converter.toConnectData(TOPIC, Arrays.copyOf(cut, cut.length - 1)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("doesn't fit its schema io.tokenmeter.schema.ChargeLine")
        .hasMessageNotContaining("acme");
  }

  @Test
  void lists_and_maps_are_json_and_the_fields_of_a_record_within_it_are_columns()
      throws IOException {
    BilledUsage usage = Others.billed("acme", 1);
    Struct row = (Struct) converter.toConnectData("usage.billed", bytes(usage)).value();
    row.validate();

    assertThat(row.getString("request_origin_topic")).isEqualTo("llm.requests");
    assertThat(row.getInt32("request_origin_partition")).isEqualTo(2);
    assertThat(row.getInt64("request_origin_offset")).isEqualTo(1);
    assertThat(row.get("response_origin_offset")).isNull();
    assertThat(row.getString("flags")).isEqualTo("[\"late\"]");
    assertThat(row.getString("attributes")).isEqualTo("{\"region\":\"eu\",\"team\":\"search\"}");
    assertThat(row.getString("readings"))
        .isEqualTo(
            "[{\"meter\":\"input_tokens\",\"reported\":\"1200\",\"counted\":\"1198\","
                + "\"billed\":\"1200\",\"provenance\":\"REPORTED\",\"dimensions\":{}}]");
    assertThat(row.getString("grants_drawn"))
        .isEqualTo("[{\"grant_id\":\"first\",\"amount\":\"0.123456789012\"}]");
  }

  @Test
  void an_instant_in_a_list_is_iso_8601() throws IOException {
    Struct row =
        (Struct)
            converter.toConnectData("ledger.balances", bytes(Others.balance("acme", 7))).value();

    assertThat(row.getString("grants")).contains("\"effective_at\":\"2026-03-01T00:00:00Z\"");
    assertThat(row.get("account")).isInstanceOf(ByteBuffer.class);
  }

  @Test
  void a_column_that_has_a_default_tells_it_so_that_a_table_can_gain_it() throws IOException {
    Schema schema = converter.toConnectData(TOPIC, bytes(Wire.charge())).schema();

    assertThat(schema.field("rule").schema().defaultValue()).isEqualTo("");
    assertThat(schema.field("usage_id").schema().defaultValue()).isNull();
  }

  @Test
  void a_field_of_several_types_is_refused_by_its_name() throws IOException {
    org.apache.avro.Schema several =
        SchemaBuilder.record("Several")
            .fields()
            .name("value")
            .type()
            .unionOf()
            .stringType()
            .and()
            .longType()
            .endUnion()
            .noDefault()
            .endRecord();
    GenericData.Record record = new GenericData.Record(several);
    record.put("value", 5L);

    assertThatThrownBy(
            () ->
                converter.toConnectData(TOPIC, Wire.bytes(registry.add(several), several, record)))
        .isInstanceOf(DataException.class)
        .hasMessage("field value is union, which is no column; choose a topic of flat records");
  }

  @Test
  void a_plain_value_is_refused() throws IOException {
    org.apache.avro.Schema text = SchemaBuilder.builder().stringType();

    assertThatThrownBy(
            () -> converter.toConnectData(TOPIC, Wire.bytes(registry.add(text), text, "x")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("holds a single value, not a record");
  }

  @Test
  void a_registry_that_is_down_stops_the_task_and_makes_no_dead_letter() throws IOException {
    byte[] value = bytes(Wire.charge());
    registry.goDown();

    assertThatThrownBy(() -> converter.toConnectData(TOPIC, value))
        .isInstanceOf(RegistryUnavailableException.class)
        .isNotInstanceOf(ConnectException.class);
  }

  @Test
  void it_does_not_write() {
    assertThatThrownBy(() -> converter.fromConnectData(TOPIC, Schema.STRING_SCHEMA, "x"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("give a source connector another value.converter");
  }

  @Test
  void connect_finds_it_without_scanning() {
    assertThat(ServiceLoader.load(Converter.class))
        .hasAtLeastOneElementOfType(FlatAvroConverter.class);
  }

  private byte[] bytes(SpecificRecord record) throws IOException {
    return Wire.bytes(registry.add(record.getSchema()), record.getSchema(), record);
  }

  private static Object expected(ChargeLine charge, org.apache.avro.Schema.Field field) {
    Object value = charge.get(field.pos());
    return value instanceof Instant instant ? Date.from(instant) : value;
  }
}
