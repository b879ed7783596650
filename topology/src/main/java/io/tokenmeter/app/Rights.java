package io.tokenmeter.app;

import io.tokenmeter.events.LedgerRules;
import io.tokenmeter.measured.Measure;
import io.tokenmeter.measured.count.Counters;
import io.tokenmeter.stream.Conservation;
import io.tokenmeter.stream.LedgerStores;
import io.tokenmeter.stream.LedgerTopology;
import io.tokenmeter.stream.LivePrices;
import io.tokenmeter.stream.MeasureTopology;
import io.tokenmeter.stream.RecordSerdes;
import io.tokenmeter.topics.TopicPrefix;
import io.tokenmeter.topics.Topics;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;

/**
 * The least rights that each party needs on the brokers. What the applications read and write is
 * taken from their topologies.
 *
 * <p>Kafka lets whoever may read or write a topic describe it, and whoever may write to a
 * transactional id or read by a group describe those. Nobody needs a right on the cluster: a
 * producer may be idempotent when it may write to any topic (since Kafka 2.8).
 */
final class Rights {
  private static final Set<Topics> RAW =
      EnumSet.of(Topics.LLM_REQUESTS, Topics.LLM_RESPONSES, Topics.USAGE_RECORDS);
  private static final Set<Topics> EVENTS =
      EnumSet.of(Topics.EVENTS_LOW_BALANCE, Topics.EVENTS_QUOTA_EXCEEDED);

  private final TokenmeterConfig config;
  private final TopicPrefix prefix;
  private final String into;
  private final List<Right> rights = new ArrayList<>();

  private Rights(TokenmeterConfig config, String into) {
    this.config = config;
    this.prefix = new TopicPrefix(config.topicPrefix());
    this.into = into;
  }

  /**
   * All rights of all parties.
   *
   * @param into application id prefix that {@code rebuild} builds under
   */
  static List<Right> of(TokenmeterConfig config, String into) {
    Rights rights = new Rights(config, into);
    for (Party party : Party.values()) {
      rights.add(party);
    }
    return List.copyOf(rights.rights);
  }

  /**
   * The topics that a stage looks over when it starts: those that it uses, but for those to which
   * its HTTP API only passes batches on.
   *
   * @return in the order of the catalogue
   */
  static Set<Topics> lookedOverBy(TokenmeterConfig config, Stage stage) {
    Rights rights = new Rights(config, "");
    if (stage.measures()) {
      rights.add(Party.MEASURE);
    }
    if (stage.keepsLedger()) {
      rights.add(Party.LEDGER);
    }
    Set<String> names = new HashSet<>();
    rights.rights.stream()
        .filter(right -> right.operation() == AclOperation.DESCRIBE_CONFIGS)
        .forEach(right -> names.add(right.pattern().name()));
    return rights.named(names);
  }

  private void add(Party party) {
    switch (party) {
      case TOPICS -> {
        topics(party, AclOperation.CREATE, EnumSet.allOf(Topics.class));
        topics(party, AclOperation.DESCRIBE, EnumSet.allOf(Topics.class));
        topics(party, AclOperation.DESCRIBE_CONFIGS, EnumSet.allOf(Topics.class));
      }
      case MEASURE -> stage(party, measure(), Set.of(), Set.of());
      case LEDGER -> {
        stage(party, ledger(), EVENTS, Set.of(Topics.LEDGER_COMMANDS));
        topics(party, AclOperation.WRITE, RAW);
      }
      case GATEWAY -> {
        topics(party, AclOperation.READ, with(EVENTS, Topics.LEDGER_ENTITLEMENTS));
        topics(party, AclOperation.WRITE, RAW);
      }
      case WAREHOUSE -> {
        topics(
            party,
            AclOperation.READ,
            with(EVENTS, Topics.USAGE_BILLED, Topics.USAGE_CHARGES, Topics.LEDGER_BALANCES));
        prefixed(party, AclOperation.READ, ResourceType.GROUP, Party.WAREHOUSE_GROUPS);
      }
      case OPERATOR -> topics(party, AclOperation.WRITE, Set.of(Topics.LEDGER_COMMANDS));
      case PRICES -> {
        topics(party, AclOperation.READ, Set.of(Topics.CATALOG_PRICES));
        topics(party, AclOperation.WRITE, Set.of(Topics.CATALOG_PRICES));
      }
      case AUDIT -> topics(party, AclOperation.READ, AuditFeed.TOPICS);
      case REPLAY -> {
        topics(
            party,
            AclOperation.READ,
            Set.of(
                Topics.USAGE_REJECTED,
                Topics.USAGE_UNMATCHED,
                Topics.USAGE_BILLED,
                Topics.LEDGER_JOURNAL));
        topics(party, AclOperation.WRITE, with(ReplayCommand.REFUSING, Topics.USAGE_REJECTED));
        task(party, ReplayCommand.TASK);
      }
      case RERATE -> {
        topics(
            party,
            AclOperation.READ,
            Set.of(
                Topics.USAGE_BILLED,
                Topics.LEDGER_BALANCES,
                Topics.LEDGER_COMMANDS,
                Topics.LEDGER_JOURNAL,
                Topics.CATALOG_PRICES));
        topics(party, AclOperation.WRITE, Set.of(Topics.LEDGER_COMMANDS));
        task(party, RerateCommand.TASK);
      }
      case REBUILD -> {
        topics(
            party,
            AclOperation.READ,
            with(
                EVENTS,
                Topics.LEDGER_JOURNAL,
                Topics.CATALOG_PRICES,
                Topics.LEDGER_BALANCES,
                Topics.USAGE_BILLED));
        literal(party, AclOperation.DESCRIBE, ResourceType.GROUP, id(Party.LEDGER));
        streams(party, StreamsSettings.applicationId(into, Party.LEDGER.word()));
        changelogs(party, StreamsSettings.applicationId(into, Party.LEDGER.word()));
      }
    }
  }

  /** An application and what else its process does; it looks its topics over when it starts. */
  private void stage(Party party, Topology topology, Set<Topics> reads, Set<Topics> writes) {
    TopologyDescription description = topology.describe();
    Set<String> sources = new HashSet<>();
    Set<String> sinks = new HashSet<>();
    boolean stores = false;
    description.globalStores().forEach(store -> sources.addAll(store.source().topicSet()));
    for (TopologyDescription.Subtopology part : description.subtopologies()) {
      for (TopologyDescription.Node node : part.nodes()) {
        if (node instanceof TopologyDescription.Source source) {
          sources.addAll(source.topicSet());
        } else if (node instanceof TopologyDescription.Sink sink) {
          sinks.add(sink.topic());
        } else if (node instanceof TopologyDescription.Processor processor) {
          stores |= !processor.stores().isEmpty();
        }
      }
    }
    Set<Topics> read = union(named(sources), reads);
    Set<Topics> written = union(named(sinks), writes);
    topics(party, AclOperation.READ, read);
    topics(party, AclOperation.WRITE, written);
    topics(party, AclOperation.DESCRIBE_CONFIGS, union(read, written));
    streams(party, id(party));
    if (stores) {
      changelogs(party, id(party));
    }
  }

  /** The group of an application, and its transactions: one id a thread. */
  private void streams(Party party, String id) {
    literal(party, AclOperation.READ, ResourceType.GROUP, id);
    prefixed(party, AclOperation.WRITE, ResourceType.TRANSACTIONAL_ID, id + "-");
  }

  /** It makes them itself, writes them, and restores its stores from them. */
  private void changelogs(Party party, String id) {
    for (AclOperation operation :
        List.of(AclOperation.CREATE, AclOperation.READ, AclOperation.WRITE)) {
      prefixed(party, operation, ResourceType.TOPIC, id + "-");
    }
  }

  /** A command that publishes once, in transactions. */
  private void task(Party party, String task) {
    literal(
        party,
        AclOperation.WRITE,
        ResourceType.TRANSACTIONAL_ID,
        StreamsSettings.applicationId(config, task));
  }

  private void topics(Party party, AclOperation operation, Set<Topics> topics) {
    EnumSet.copyOf(topics)
        .forEach(topic -> literal(party, operation, ResourceType.TOPIC, topic.name(prefix)));
  }

  private void literal(Party party, AclOperation operation, ResourceType type, String name) {
    add(party, operation, new ResourcePattern(type, name, PatternType.LITERAL));
  }

  private void prefixed(Party party, AclOperation operation, ResourceType type, String name) {
    add(party, operation, new ResourcePattern(type, name, PatternType.PREFIXED));
  }

  private void add(Party party, AclOperation operation, ResourcePattern pattern) {
    rights.add(new Right(party, operation, pattern));
  }

  private String id(Party stage) {
    return StreamsSettings.applicationId(config, stage.word());
  }

  private Set<Topics> named(Set<String> names) {
    return EnumSet.copyOf(
        Stream.of(Topics.values()).filter(topic -> names.contains(topic.name(prefix))).toList());
  }

  private static Set<Topics> with(Set<Topics> some, Topics... more) {
    return union(some, Set.of(more));
  }

  private static Set<Topics> union(Set<Topics> some, Set<Topics> more) {
    EnumSet<Topics> all = EnumSet.copyOf(some);
    all.addAll(more);
    return all;
  }

  private Topology measure() {
    return MeasureTopology.build(
        prefix, serdes(), new Measure(Counters.shared()), Conservation.NONE);
  }

  private Topology ledger() {
    return LedgerTopology.build(
        prefix,
        serdes(),
        LedgerRules.with(config.ledgerDefaults()),
        new LivePrices(),
        LedgerStores.Retention.STANDARD,
        Conservation.NONE);
  }

  private RecordSerdes serdes() {
    return new RecordSerdes(config.serializers());
  }
}
