package io.tokenmeter.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.topics.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The definitions that the build doesn't run, held to the settings that their connectors publish
 * and to our topics.
 */
class PublishedDefinitionsTest {
  @ParameterizedTest
  @ValueSource(strings = {"clickhouse", "snowflake", "bigquery", "s3", "gcs"})
  void every_key_is_one_that_the_connector_or_connect_or_the_converter_knows(String connector)
      throws IOException {
    assertThat(read(connector).unknown(PublishedSettings.of(connector).names())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"clickhouse", "snowflake", "bigquery", "s3", "gcs"})
  void every_value_is_one_that_its_setting_takes(String connector) throws IOException {
    assertThat(PublishedSettings.of(connector).complaints(read(connector).config())).isEmpty();
    assertThat(read(connector).refusedByConnect()).isEmpty();
  }

  @Test
  void a_wrong_key_and_a_wrong_value_would_be_found() throws IOException {
    Map<String, String> changed = new HashMap<>(read("bigquery").config());
    changed.put("decimalHandling", "BIGNUMERIC");
    changed.put("decimalHandlingMode", "DECIMAL");
    changed.put("threadPoolSize", "many");
    changed.put("predicates.isTombstone.pattern", "x");

    PublishedSettings settings = PublishedSettings.of("bigquery");
    assertThat(new Definition("changed", changed).unknown(settings.names()))
        .containsExactly("decimalHandling", "predicates.isTombstone.pattern");
    assertThat(settings.complaints(changed))
        .hasSize(2)
        .anyMatch(complaint -> complaint.startsWith("decimalHandlingMode is DECIMAL, not one of"))
        .anyMatch(complaint -> complaint.contains("threadPoolSize"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"clickhouse", "snowflake", "bigquery", "s3", "gcs"})
  void each_reads_what_was_committed_of_every_topic_that_lands(String connector)
      throws IOException {
    Map<String, String> config = read(connector).config();

    assertThat(config)
        .containsEntry(
            "topics",
            Stream.of(Landed.values()).map(Landed::topicNames).collect(Collectors.joining(",")))
        .containsEntry("consumer.override.isolation.level", "read_committed");
    assertThat(Topics.values())
        .extracting(Topics::baseName)
        .doesNotContain(config.get("errors.deadletterqueue.topic.name"));
  }

  @ParameterizedTest
  @CsvSource({
    "clickhouse, topic2TableMap, =",
    "snowflake, snowflake.topic2table.map, :",
    "bigquery, topic2TableMap, :"
  })
  void each_topic_lands_in_its_table(String connector, String setting, String between)
      throws IOException {
    String expected =
        Stream.of(Landed.values())
            .flatMap(
                landed ->
                    landed.topics().stream()
                        .map(topic -> topic.baseName() + between + landed.table()))
            .collect(Collectors.joining(","));

    assertThat(read(connector).config()).containsEntry(setting, expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"clickhouse", "snowflake", "bigquery", "s3", "gcs"})
  void no_secret_stands_in_a_definition(String connector) throws IOException {
    PublishedSettings settings = PublishedSettings.of(connector);

    assertThat(read(connector).config())
        .allSatisfy(
            (name, value) -> {
              if (settings.isSecret(name)) {
                assertThat(value).as(name).startsWith("${env:");
              }
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"clickhouse", "snowflake", "bigquery", "s3", "gcs"})
  void the_page_says_that_it_was_not_run(String connector) throws IOException {
    assertThat(Files.readAllLines(Path.of("README.md")))
        .anyMatch(
            line -> line.contains("`" + connector + "/sink.json`") && line.contains("not run"));
  }

  private static Definition read(String connector) throws IOException {
    return Definition.read(Path.of(connector, "sink.json"));
  }
}
