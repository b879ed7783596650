package io.tokenmeter.app;

import io.tokenmeter.app.replay.LateUsage;
import io.tokenmeter.schema.BilledUsage;
import io.tokenmeter.schema.JournalEntry;
import io.tokenmeter.schema.UnmatchedUsage;
import io.tokenmeter.serde.RecordSerde;
import io.tokenmeter.topics.Topics;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Has late usage billed, each fact once: it puts the fact into the journal once more, with a flag
 * that lets it pass. A fact whose flagged copy the journal holds already is left, and the ledger
 * never forgets the id of an accepted one.
 */
final class LateReplay {
  /** What came of it: {@code accepted} facts now, and what was left and why. */
  record Result(long accepted, long acceptedBefore, long billed, long unchecked, long gone) {}

  /** A fact on its way back. */
  private record Again(ConsumerRecord<byte[], byte[]> record, JournalEntry entry) {}

  private final TokenmeterConfig config;
  private final @Nullable String org;
  private final Instant from;
  private final Instant to;

  LateReplay(TokenmeterConfig config, @Nullable String org, Instant from, Instant to) {
    this.config = config;
    this.org = org;
    this.from = from;
    this.to = to;
  }

  /** Has it billed. */
  Result send() {
    try (OnceProducer producer = new OnceProducer(config, ReplayCommand.TASK);
        Serializer<Object> values = RecordSerde.valueSerializer(config.serializers())) {
      Result result =
          run(
              again -> {
                ConsumerRecord<byte[], byte[]> first = again.record();
                producer.sendTogether(
                    new ProducerRecord<>(
                        first.topic(),
                        first.partition(),
                        first.key(),
                        values.serialize(first.topic(), again.entry())));
              });
      producer.commit();
      return result;
    }
  }

  /** Tells what billing it would do. */
  Result rehearse() {
    return run(again -> {});
  }

  private Result run(Consumer<Again> sender) {
    LateUsage late = new LateUsage(org, from, to, bookFrom());
    read(Topics.USAGE_UNMATCHED, UnmatchedUsage.class, (record, notice) -> late.notice(notice));
    read(Topics.USAGE_BILLED, BilledUsage.class, (record, charge) -> late.charge(charge));
    journal((record, entry) -> late.accepted(entry));
    long[] accepted = new long[1];
    journal(
        (record, entry) ->
            late.accept(entry)
                .ifPresent(
                    flagged -> {
                      sender.accept(new Again(record, flagged));
                      accepted[0]++;
                    }));
    return new Result(
        accepted[0], late.acceptedBefore(), late.billed(), late.unchecked(), late.gone());
  }

  /** Since when every charge still stands on its topic. */
  private Instant bookFrom() {
    try (TopicTail tail = new TopicTail(config, EnumSet.of(Topics.USAGE_BILLED))) {
      return tail.completeSince(Topics.USAGE_BILLED);
    }
  }

  private interface Reader<T> {
    void read(ConsumerRecord<byte[], byte[]> record, T value);
  }

  private void journal(Reader<JournalEntry> reader) {
    Set<Topics> topic = EnumSet.of(Topics.LEDGER_JOURNAL);
    try (JournalReader journal = new JournalReader(config);
        TopicTail tail = new TopicTail(config, topic)) {
      tail.readTo(
          tail.ends(topic),
          (same, record) -> journal.read(record).ifPresent(entry -> reader.read(record, entry)));
    }
  }

  private <T extends SpecificRecord> void read(Topics topic, Class<T> type, Reader<T> reader) {
    try (Deserializer<T> values = RecordSerde.ofValue(type, config.serializers()).deserializer();
        TopicTail tail = new TopicTail(config, EnumSet.of(topic))) {
      Map<TopicPartition, Long> ends = tail.ends(EnumSet.of(topic));
      tail.readTo(
          ends,
          (same, record) -> {
            if (record.value() != null) {
              reader.read(record, values.deserialize(record.topic(), record.value()));
            }
          });
    }
  }
}
