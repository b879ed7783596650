package io.tokenmeter.stream;

import io.tokenmeter.measured.Measure;
import io.tokenmeter.measured.Measured;
import io.tokenmeter.measured.Metered;
import io.tokenmeter.measured.Refused;
import io.tokenmeter.measured.Result;
import io.tokenmeter.raw.InvalidRecordException;
import io.tokenmeter.raw.OrgId;
import io.tokenmeter.raw.Origin;
import io.tokenmeter.raw.RawRequest;
import io.tokenmeter.raw.RawResponse;
import io.tokenmeter.raw.RawUsage;
import io.tokenmeter.raw.Rejection;
import io.tokenmeter.schema.JournalEntry;
import io.tokenmeter.schema.LedgerCommand;
import io.tokenmeter.schema.LlmRequest;
import io.tokenmeter.schema.LlmResponse;
import io.tokenmeter.schema.UsageRecord;
import io.tokenmeter.topics.TopicPrefix;
import io.tokenmeter.topics.Topics;
import io.tokenmeter.wire.ContentHasher;
import io.tokenmeter.wire.EntryCodec;
import io.tokenmeter.wire.RawCodec;
import java.time.Instant;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads a raw record to the end: bytes, Avro, the project's types, the measurement, the journal
 * entry. Each raw topic has one type and one way. One to a task, since it hashes.
 */
final class RawReader {
  /** What a topic's bytes come to. */
  private interface Reading {
    JournalEntry read(byte[] value, Origin origin, Instant appendedAt);
  }

  /** Makes the hash, the facts and the entry of one decoded record. */
  private interface Step<R> {
    JournalEntry entry(R record, Origin origin, Instant appendedAt);
  }

  private final ContentHasher hasher = new ContentHasher();
  private final Measure measure;
  private final Map<String, Reading> byTopic;

  RawReader(TopicPrefix prefix, RecordSerdes serdes, Measure measure) {
    this.measure = measure;
    this.byTopic =
        Map.of(
            Topics.LLM_REQUESTS.name(prefix), reading(serdes, LlmRequest.class, this::request),
            Topics.LLM_RESPONSES.name(prefix), reading(serdes, LlmResponse.class, this::response),
            Topics.USAGE_RECORDS.name(prefix), reading(serdes, UsageRecord.class, this::usage),
            Topics.LEDGER_COMMANDS.name(prefix),
                reading(serdes, LedgerCommand.class, this::command));
  }

  /**
   * Reads one raw record.
   *
   * @param appendedAt the broker's append time
   * @throws io.tokenmeter.serde.UnreadableRecordException when the bytes are no record of the topic
   * @throws InvalidRecordException when the record can't be metered
   */
  JournalEntry read(Origin origin, byte[] value, Instant appendedAt) {
    if (value == null) {
      throw new InvalidRecordException(
          Rejection.UNREADABLE,
          "the value is null; a raw topic holds records and no tombstones, so leave it out");
    }
    return byTopic.get(origin.topic()).read(value, origin, appendedAt);
  }

  private JournalEntry request(LlmRequest record, Origin origin, Instant appendedAt) {
    RawRequest raw = RawCodec.request(record);
    return metered(raw.orgId(), hasher.hash(record), origin, measure.request(raw, appendedAt));
  }

  private JournalEntry response(LlmResponse record, Origin origin, Instant appendedAt) {
    RawResponse raw = RawCodec.response(record);
    return metered(raw.orgId(), hasher.hash(record), origin, measure.response(raw, appendedAt));
  }

  private JournalEntry usage(UsageRecord record, Origin origin, Instant appendedAt) {
    RawUsage raw = RawCodec.usage(record);
    return metered(raw.orgId(), hasher.hash(record), origin, measure.usage(raw, appendedAt));
  }

  private JournalEntry command(LedgerCommand record, Origin origin, Instant appendedAt) {
    return EntryCodec.command(hasher.hash(record), origin, record);
  }

  private static JournalEntry metered(
      OrgId orgId, byte[] hash, Origin origin, Result<? extends Measured> result) {
    if (result instanceof Refused<?> refused) {
      throw new InvalidRecordException(refused.rejected().code(), refused.rejected().message());
    }
    return EntryCodec.metered(orgId, hash, origin, ((Metered<?>) result).fact());
  }

  private static <R extends SpecificRecord> Reading reading(
      RecordSerdes serdes, Class<R> type, Step<R> step) {
    Deserializer<R> deserializer = serdes.in(type);
    return (value, origin, appendedAt) ->
        step.entry(deserializer.deserialize(origin.topic(), value), origin, appendedAt);
  }
}
