package io.tokenmeter.app;

import io.tokenmeter.app.audit.Audit;
import io.tokenmeter.raw.Origin;
import io.tokenmeter.schema.Balance;
import io.tokenmeter.schema.BilledUsage;
import io.tokenmeter.schema.ChargeLine;
import io.tokenmeter.schema.Entitlement;
import io.tokenmeter.schema.JournalEntry;
import io.tokenmeter.schema.LowBalance;
import io.tokenmeter.schema.QuotaExceeded;
import io.tokenmeter.schema.UnmatchedUsage;
import io.tokenmeter.schema.UnpricedUsage;
import io.tokenmeter.serde.RecordSerde;
import io.tokenmeter.stream.DeadLetters;
import io.tokenmeter.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Decodes what stands on the topics and gives it to an audit. */
final class AuditFeed {
  /** Everything but the prices, which an audit takes from the charges. */
  static final Set<Topics> TOPICS = EnumSet.complementOf(EnumSet.of(Topics.CATALOG_PRICES));

  private final Audit audit;
  private final JournalReader journal;
  private Instant journalFrom = Instant.MIN;
  private final Map<Topics, Deserializer<? extends SpecificRecord>> readers =
      new EnumMap<>(Topics.class);

  AuditFeed(TokenmeterConfig config, Audit audit) {
    this.audit = audit;
    this.journal = new JournalReader(config);
    for (Topics topic : TOPICS) {
      topic
          .value()
          .ifPresent(
              type ->
                  readers.put(
                      topic, RecordSerde.ofValue(type, config.serializers()).deserializer()));
    }
  }

  /**
   * Leaves out raw records of before an instant, for the journal has only what was appended later.
   */
  void journalBegins(Instant from) {
    journalFrom = from;
  }

  /**
   * Takes a record.
   *
   * @return what it is, where that was decoded; empty for raw records, dead letters and tombstones
   */
  Optional<SpecificRecord> take(Topics topic, ConsumerRecord<byte[], byte[]> record) {
    Origin place = new Origin(record.topic(), record.partition(), record.offset());
    return switch (topic) {
      case LLM_REQUESTS, LLM_RESPONSES, USAGE_RECORDS, LEDGER_COMMANDS -> {
        if (!Instant.ofEpochMilli(record.timestamp()).isBefore(journalFrom)) {
          audit.raw(place);
        }
        yield Optional.empty();
      }
      case USAGE_REJECTED -> {
        origin(record).ifPresent(origin -> audit.rejected(place, origin));
        yield Optional.empty();
      }
      case LEDGER_JOURNAL -> {
        Optional<JournalEntry> entry = journal.read(record);
        if (entry.isPresent()) {
          audit.journal(place, entry.orElseThrow());
        } else {
          // Nobody's entry: the ledger owes it a dead letter, as measure owes one to a raw record.
          audit.raw(place);
        }
        yield entry.map(SpecificRecord.class::cast);
      }
      case USAGE_BILLED,
          USAGE_CHARGES,
          LEDGER_BALANCES,
          LEDGER_ENTITLEMENTS,
          EVENTS_LOW_BALANCE,
          EVENTS_QUOTA_EXCEEDED,
          USAGE_UNMATCHED,
          USAGE_UNPRICED,
          CATALOG_PRICES -> {
        Optional<SpecificRecord> value = decode(topic, record);
        value.ifPresent(decoded -> give(place, decoded));
        yield value;
      }
    };
  }

  private Optional<SpecificRecord> decode(Topics topic, ConsumerRecord<byte[], byte[]> record) {
    Deserializer<? extends SpecificRecord> reader = readers.get(topic);
    return reader == null || record.value() == null
        ? Optional.empty()
        : Optional.of(reader.deserialize(record.topic(), record.value()));
  }

  private void give(Origin place, SpecificRecord value) {
    if (value instanceof BilledUsage usage) {
      audit.billed(place, usage);
    } else if (value instanceof ChargeLine line) {
      audit.charged(place, line);
    } else if (value instanceof Balance balance) {
      audit.balance(place, balance);
    } else if (value instanceof Entitlement entitlement) {
      audit.entitlement(entitlement);
    } else if (value instanceof UnmatchedUsage notice) {
      audit.unmatched(notice);
    } else if (value instanceof UnpricedUsage notice) {
      audit.unpriced(notice);
    } else if (value instanceof LowBalance event) {
      audit.lowBalance(place, event);
    } else if (value instanceof QuotaExceeded event) {
      audit.event(place, event.getEventId());
    }
  }

  /** Where a dead letter stood when it was refused. */
  private static Optional<Origin> origin(ConsumerRecord<byte[], byte[]> letter) {
    String topic = header(letter, DeadLetters.TOPIC);
    String partition = header(letter, DeadLetters.PARTITION);
    String offset = header(letter, DeadLetters.OFFSET);
    return topic == null || partition == null || offset == null
        ? Optional.empty()
        : Optional.of(new Origin(topic, Integer.parseInt(partition), Long.parseLong(offset)));
  }

  private static @Nullable String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
  }
}
