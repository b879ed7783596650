package io.tokenmeter.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.schema.ChargeLine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The definitions as they are shipped, held to the connector's own classes and to the records. */
class PostgresqlDefinitionsTest {
  @ParameterizedTest
  @EnumSource
  void every_key_is_one_that_the_connector_or_connect_or_the_converter_knows(Landed landed)
      throws IOException {
    try (PostgresqlSink sink = PostgresqlSink.open()) {
      assertThat(read(landed).unknown(sink.keys())).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void the_connector_and_connect_accept_every_value(Landed landed) throws IOException {
    try (PostgresqlSink sink = PostgresqlSink.open()) {
      assertThat(sink.complaints(read(landed).config())).isEmpty();
    }
    assertThat(read(landed).refusedByConnect()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void each_reads_what_was_committed_of_its_topics_into_its_table(Landed landed)
      throws IOException {
    assertThat(read(landed).config())
        .containsEntry("topics", landed.topicNames())
        .containsEntry("consumer.override.isolation.level", "read_committed")
        .containsEntry("collection.name.format", landed.table())
        .containsEntry("primary.key.fields", String.join(",", landed.key()));
    landed.assertDeadLettersApart(read(landed));
  }

  @ParameterizedTest
  @EnumSource
  void its_key_is_never_null(Landed landed) {
    for (Schema record : landed.schemas()) {
      assertThat(landed.key())
          .allSatisfy(name -> assertThat(record.getField(name).schema().isNullable()).isFalse());
    }
  }

  @ParameterizedTest
  @EnumSource
  void every_field_has_a_column(Landed landed) {
    for (Schema record : landed.schemas()) {
      assertThat(Columns.of(record).columns())
          .hasSizeGreaterThanOrEqualTo(record.getFields().size());
    }
  }

  @Test
  void the_key_of_charges_is_the_one_that_their_schema_tells() {
    assertThat(ChargeLine.getClassSchema().getDoc())
        .contains("primary key (" + String.join(", ", Landed.CHARGES.key()) + ")");
  }

  @Test
  void a_misspelt_key_would_be_found() throws IOException {
    Map<String, String> misspelt = new HashMap<>(read(Landed.EVENTS).config());
    misspelt.put("primary.key.field", "usage_id");
    misspelt.put("consumer.override.isolation", "read_committed");
    misspelt.put("value.converter.schema.registry.uri", "http://127.0.0.1");
    misspelt.put("transforms.columns.rename", "limit:quota_limit");
    misspelt.put("transforms.other.type", "x");

    try (PostgresqlSink sink = PostgresqlSink.open()) {
      assertThat(new Definition("changed", misspelt).unknown(sink.keys()))
          .containsExactly(
              "consumer.override.isolation",
              "primary.key.field",
              "transforms.columns.rename",
              "transforms.other.type",
              "value.converter.schema.registry.uri");
    }
  }

  @Test
  void a_value_that_means_nothing_would_be_found() throws IOException {
    Map<String, String> changed = new HashMap<>(read(Landed.CHARGES).config());
    changed.put("schema.evolution", "basics");

    try (PostgresqlSink sink = PostgresqlSink.open()) {
      assertThat(sink.complaints(changed))
          .singleElement()
          .satisfies(
              complaint ->
                  assertThat(List.of("schema.evolution", "basics")).allMatch(complaint::contains));
    }
  }

  private static Definition read(Landed landed) throws IOException {
    return Definition.read(Path.of("postgresql", landed.file()));
  }
}
