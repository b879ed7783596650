package io.tokenmeter.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.topics.Topics;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

/** What lands where: a table, its topics and its key. */
enum Landed {
  CHARGES(List.of(Topics.USAGE_CHARGES), List.of("org_id", "usage_id", "line")),
  BILLED_USAGE(List.of(Topics.USAGE_BILLED), List.of("org_id", "usage_id")),
  EVENTS(
      List.of(Topics.EVENTS_LOW_BALANCE, Topics.EVENTS_QUOTA_EXCEEDED),
      List.of("org_id", "event_id")),
  BALANCES(List.of(Topics.LEDGER_BALANCES), List.of("org_id"));

  @SuppressWarnings("ImmutableEnumChecker") // List.of never changes
  private final List<Topics> topics;

  @SuppressWarnings("ImmutableEnumChecker") // List.of never changes
  private final List<String> key;

  Landed(List<Topics> topics, List<String> key) {
    this.topics = topics;
    this.key = key;
  }

  String table() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The definition's file in the folder of any connector. */
  String file() {
    return table().replace('_', '-') + "-sink.json";
  }

  List<Topics> topics() {
    return topics;
  }

  /** As `topics` has them. */
  String topicNames() {
    return topics.stream().map(Topics::baseName).collect(Collectors.joining(","));
  }

  List<String> key() {
    return key;
  }

  List<Schema> schemas() {
    return topics.stream()
        .map(topic -> SpecificData.get().getSchema(topic.value().orElseThrow()))
        .toList();
  }

  /** Its dead letters have a topic of their own, named after what is read. */
  void assertDeadLettersApart(Definition definition) {
    String deadLetters = definition.config().get("errors.deadletterqueue.topic.name");
    String first = topics.get(0).baseName();

    assertThat(deadLetters).startsWith(topics.size() == 1 ? first + "." : "events.");
    assertThat(Topics.values()).extracting(Topics::baseName).doesNotContain(deadLetters);
  }
}
