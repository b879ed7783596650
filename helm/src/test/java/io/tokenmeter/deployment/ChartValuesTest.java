package io.tokenmeter.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import io.tokenmeter.app.TokenmeterConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChartValuesTest {
  /** What the chart sets by itself, from what it alone knows. */
  private static final List<String> SET_BY_THE_CHART =
      List.of("state.dir", "group.instance.id", "http.listen", "http.advertised");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{leger: {replicas: 3}}                         | leger",
        "{ledger: {replica: 3}}                         | replica",
        "{ledger: {replicas: 0}}                        | replicas",
        "{ledger: {storage: {size: 10}}}                | size",
        "{ledger: {storage: {size: 10GB}}}              | size",
        "{measure: {resources: {limit: {cpu: 1}}}}      | limit",
        "{image: {tag: latest}}                         | tag",
        "{config: {dedup.horizon: 7d}}                  | dedup.horizon",
        "{config: {state.dir: /data}}                   | state.dir",
        "{config: {measure.threads: 4}}                 | measure.threads",
        "{books: {files: {a.txt: b}}}                   | a.txt",
        "{networkPolicy: {queriesFrom: [{pod: a}]}}     | pod",
        "{monitoring: {rules: {enable: true}}}          | enable",
        "{config: {topic.prefix: \"a\\nstate.dir=b\"}}  | topic.prefix",
        "{topics: {create: 'yes'}}                     | create",
      })
  void a_value_that_means_nothing_is_refused_by_its_name(String values, String name) {
    assertThatThrownBy(() -> Chart.render(values))
        .hasMessageContaining("values don't meet the specifications of the schema")
        .hasMessageContaining(name);
  }

  @Test
  void the_schema_knows_the_settings_that_the_application_knows() throws IOException {
    List<String> known =
        Pattern.compile("(?m)^\\| `([a-z.]+)` \\|")
            .matcher(TokenmeterConfig.markdownTable())
            .results()
            .map(match -> match.group(1))
            .filter(name -> !SET_BY_THE_CHART.contains(name))
            .toList();
    JsonNode schema =
        new ObjectMapper().readTree(Chart.FOLDER.resolve("values.schema.json").toFile());
    JsonNode settings = schema.at("/properties/config/properties");

    assertThat(known).hasSizeGreaterThan(10);
    assertThat(settings.fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(known);
  }

  @Test
  void what_is_passed_on_to_the_clients_is_taken() {
    assertThat(
            Release.of(
                    "{config: {kafka.client.rack: a, schema.registry.basic.auth.user.info: u,"
                        + " avro.serializer.class: io.confluent.kafka.serializers.KafkaAvroSerializer}}")
                .properties("r-tokenmeter"))
        .containsEntry("kafka.client.rack", "a")
        .containsEntry("schema.registry.basic.auth.user.info", "u")
        .containsKey("avro.serializer.class");
  }

  @Test
  void the_readme_lists_every_value() throws IOException {
    String readme = Files.readString(Chart.FOLDER.resolve("README.md"));

    assertThat(readme)
        .as("target/values.md has the table as it has to be")
        .contains(ValuesTable.written());
  }

  @Test
  void every_object_refuses_what_it_does_not_name() throws IOException {
    JsonNode schema =
        new ObjectMapper().readTree(Chart.FOLDER.resolve("values.schema.json").toFile());

    for (JsonNode object : schema.findParents("properties")) {
      assertThat(object.path("additionalProperties"))
          .as(object.toString())
          .isEqualTo(BooleanNode.FALSE);
    }
  }
}
