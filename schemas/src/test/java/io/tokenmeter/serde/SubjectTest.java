package io.tokenmeter.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenmeter.schema.UsageRecord;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SubjectTest {
  private RegistryInProcess registry;

  @BeforeEach
  void start() throws IOException {
    registry = new RegistryInProcess();
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  private TokenmeterAvroSerializer serializer(boolean isKey, Map<String, ?> more) {
    Map<String, Object> config = new HashMap<>(more);
    config.put(SerdeConfig.URL, registry.url());
    TokenmeterAvroSerializer serializer = new TokenmeterAvroSerializer();
    serializer.configure(config, isKey);
    return serializer;
  }

  @ParameterizedTest
  @CsvSource({
    "TopicNameStrategy, my.topic-value",
    "RecordNameStrategy, io.tokenmeter.schema.UsageRecord",
    "TopicRecordNameStrategy, my.topic-io.tokenmeter.schema.UsageRecord",
    "TOPIC_RECORD_NAME, my.topic-io.tokenmeter.schema.UsageRecord",
    "io.confluent.kafka.serializers.subject.TopicNameStrategy, my.topic-value",
    "io.confluent.kafka.serializers.subject.RecordNameStrategy,"
        + " io.tokenmeter.schema.UsageRecord",
  })
  void aStrategyNamesTheSubject(String strategy, String subject) {
    serializer(false, Map.of(SerdeConfig.VALUE_SUBJECT_NAMES, strategy))
        .serialize("my.topic", Records.usage("u-1"));
    assertThat(registry.lines()).containsExactly("POST /subjects/" + subject + "/versions");
  }

  @Test
  void keysHaveTheirOwnSubjectAndStrategy() {
    serializer(true, Map.of(SerdeConfig.VALUE_SUBJECT_NAMES, "RecordNameStrategy"))
        .serialize("a topic/1", Records.usage("u-1"));
    assertThat(registry.lines()).containsExactly("POST /subjects/a%20topic%2F1-key/versions");
  }

  @Test
  void anotherStrategyIsRefused() {
    assertThatThrownBy(
            () -> serializer(false, Map.of(SerdeConfig.VALUE_SUBJECT_NAMES, "com.acme.Mine")))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Invalid value com.acme.Mine for configuration value.subject.name.strategy: Use one of"
                + " TopicNameStrategy, RecordNameStrategy, TopicRecordNameStrategy");
  }

  @Test
  void withoutAutoRegisterASchemaMustBeThere() {
    TokenmeterAvroSerializer serializer = serializer(false, Map.of("auto.register.schemas", false));
    assertThatThrownBy(() -> serializer.serialize("t", Records.usage("u-1")))
        .isInstanceOf(RegistryRefusedException.class)
        .hasMessage(
            "Schema io.tokenmeter.schema.UsageRecord is not registered under subject t-value."
                + " Register it, or set auto.register.schemas to true.");
    int id = registry.put("t-value", SchemaText.of(UsageRecord.getClassSchema(), true));
    assertThat(serializer.serialize("t", Records.usage("u-1"))[4]).isEqualTo((byte) id);
  }

  @Test
  void theLatestVersionIsUsedWhenItEncodesTheSame() {
    String ours = SchemaText.of(UsageRecord.getClassSchema(), true);
    registry.put("t-value", "\"string\"");
    int id = registry.put("t-value", ours.replace("Whose service it was.", "Another sentence."));
    Map<String, Object> config = Map.of("auto.register.schemas", false, "use.latest.version", true);
    assertThat(serializer(false, config).serialize("t", Records.usage("u-1"))[4])
        .isEqualTo((byte) id);

    registry.put("t-value", ours.replace("\"meter\"", "\"metre\""));
    assertThatThrownBy(() -> serializer(false, config).serialize("t", Records.usage("u-1")))
        .isInstanceOf(RegistryRefusedException.class)
        .hasMessageContaining("encodes differently from the latest version (id 3)");
  }

  @Test
  void normalizingIsAskedOfTheRegistry() {
    serializer(false, Map.of("normalize.schemas", true)).serialize("t", Records.usage("u-1"));
    assertThat(registry.lines()).containsExactly("POST /subjects/t-value/versions?normalize=true");
  }
}
