package io.tokenmeter.app;

import io.tokenmeter.topics.TopicPrefix;
import io.tokenmeter.topics.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topics of an installation: made, and looked over. */
final class TopicSetup implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /**
   * What is wrong with a topic.
   *
   * @param fatal nothing may run on it: it is missing, or money would come out otherwise
   * @param line for a person
   */
  record Flaw(boolean fatal, String line) {}

  private final Admin admin;
  private final TokenmeterConfig config;
  private final TopicPrefix prefix;

  TopicSetup(TokenmeterConfig config) {
    this.config = config;
    this.prefix = new TopicPrefix(config.topicPrefix());
    this.admin = Admin.create(config.kafka());
  }

  /**
   * Makes the topics that are missing.
   *
   * @return the names of those that it made
   */
  List<String> create() {
    int factor = config.replicationFactor();
    OptionalInt replicas = factor < 0 ? OptionalInt.empty() : OptionalInt.of(factor);
    OptionalInt partitions = config.partitions().map(OptionalInt::of).orElseGet(OptionalInt::empty);
    List<String> made = new ArrayList<>();
    List<NewTopic> topics = Topics.newTopics(prefix, partitions, replicas);
    Map<String, KafkaFuture<Void>> creations = new HashMap<>(admin.createTopics(topics).values());
    for (NewTopic topic : topics) {
      try {
        done(creations.get(topic.name()));
        made.add(topic.name());
      } catch (TopicExistsException e) {
        // Left as it is; the check tells how it differs.
      }
    }
    return made;
  }

  /**
   * What is wrong with topics; empty when nothing is.
   *
   * @param wanted those to look over: whoever asks may be allowed no others
   */
  List<Flaw> check(Set<Topics> wanted) {
    List<Flaw> flaws = new ArrayList<>();
    List<Topics> existing = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    List<String> names = wanted.stream().map(topic -> topic.name(prefix)).toList();
    Map<String, KafkaFuture<TopicDescription>> described =
        admin.describeTopics(names).topicNameValues();
    for (Topics topic : wanted) {
      String name = topic.name(prefix);
      try {
        TopicDescription description = done(described.get(name));
        existing.add(topic);
        if (topic == Topics.LEDGER_JOURNAL) {
          checkJournal(description, flaws);
        }
      } catch (UnknownTopicOrPartitionException e) {
        missing.add(name);
      }
    }
    if (!missing.isEmpty()) {
      flaws.add(
          0,
          new Flaw(
              true,
              (missing.size() == 1 ? "topic " : "topics ")
                  + String.join(", ", missing)
                  + (missing.size() == 1 ? " is" : " are")
                  + " missing; `tokenmeter topics create` makes them"));
    }
    checkConfigs(existing, flaws);
    return flaws;
  }

  /** Only the journal's number of partitions matters: it says who keeps which organisation. */
  private void checkJournal(TopicDescription journal, List<Flaw> flaws) {
    int expected = config.partitions().orElse(Topics.LEDGER_JOURNAL.partitions());
    int actual = journal.partitions().size();
    if (actual != expected) {
      flaws.add(
          new Flaw(
              true,
              "topic "
                  + journal.name()
                  + " has "
                  + actual
                  + " partitions, not "
                  + expected
                  + "; set "
                  + ConfigKeys.PARTITIONS
                  + "="
                  + actual
                  + ", and never change the number: it decides where an organisation's state is"));
    }
  }

  private void checkConfigs(List<Topics> existing, List<Flaw> flaws) {
    Map<Topics, ConfigResource> resources = new HashMap<>();
    existing.forEach(
        topic ->
            resources.put(
                topic, new ConfigResource(ConfigResource.Type.TOPIC, topic.name(prefix))));
    Map<ConfigResource, Config> configs = done(admin.describeConfigs(resources.values()).all());
    for (Topics topic : existing) {
      Map<String, String> actual = new HashMap<>();
      for (ConfigEntry entry : configs.get(resources.get(topic)).entries()) {
        actual.put(entry.name(), entry.value());
      }
      String timestamps = TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG;
      topic
          .deviations(prefix, actual)
          .forEach(line -> flaws.add(new Flaw(line.contains(timestamps), line)));
    }
  }

  /** The broker's answer. */
  static <T> T done(KafkaFuture<T> future) {
    try {
      return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TopicExistsException exists) {
        throw exists;
      }
      if (e.getCause() instanceof UnknownTopicOrPartitionException missing) {
        throw missing;
      }
      String then =
          e.getCause() instanceof AuthorizationException
              ? "; `tokenmeter topics acls` prints what each party must be allowed"
              : "";
      throw CommandException.unreachable("the brokers refuse: " + e.getCause().getMessage() + then);
    } catch (TimeoutException e) {
      throw CommandException.unreachable(
          "the brokers didn't answer within " + Durations.show(PATIENCE));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.unreachable("interrupted");
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
