package io.tokenmeter.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.connect.IcebergSinkConfig;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The Iceberg definitions as they are shipped, held to the connector's own settings. */
class IcebergDefinitionsTest {
  /** Keys below it go to the catalogue, which has no list of its own. */
  private static final String CATALOG = "iceberg.catalog.";

  @ParameterizedTest
  @EnumSource
  void every_key_is_one_that_the_connector_or_connect_or_the_converter_knows(Landed landed)
      throws IOException {
    assertThat(read(landed).unknown(keys(read(landed)))).isEmpty();
  }

  @Test
  void a_misspelt_key_would_be_found() throws IOException {
    Map<String, String> misspelt = new HashMap<>(read(Landed.CHARGES).config());
    misspelt.put("iceberg.table", "charges");

    Definition changed = new Definition("changed", misspelt);

    assertThat(changed.unknown(keys(changed))).containsExactly("iceberg.table");
  }

  @ParameterizedTest
  @EnumSource
  void the_connector_and_connect_accept_every_value(Landed landed) throws IOException {
    assertThat(
            IcebergSinkConfig.CONFIG_DEF.validate(read(landed).config()).stream()
                .filter(value -> !value.errorMessages().isEmpty()))
        .extracting(ConfigValue::name)
        .isEmpty();
    assertThat(read(landed).refusedByConnect()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void each_reads_what_was_committed_of_its_topics_into_its_table(Landed landed)
      throws IOException {
    assertThat(read(landed).config())
        .containsEntry("topics", landed.topicNames())
        .containsEntry("consumer.override.isolation.level", "read_committed")
        .containsEntry("iceberg.tables", "tokenmeter." + landed.table());
    landed.assertDeadLettersApart(read(landed));
  }

  private static Definition read(Landed landed) throws IOException {
    return Definition.read(Path.of("iceberg", landed.file()));
  }

  private static Set<String> keys(Definition definition) {
    Set<String> keys = new TreeSet<>(IcebergSinkConfig.CONFIG_DEF.names());
    definition.config().keySet().stream().filter(key -> key.startsWith(CATALOG)).forEach(keys::add);
    return keys;
  }
}
