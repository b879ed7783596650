package io.tokenmeter.app;

import io.tokenmeter.ledger.JournalPosition;
import io.tokenmeter.raw.InvalidRecordException;
import io.tokenmeter.schema.JournalEntry;
import io.tokenmeter.serde.RecordSerde;
import io.tokenmeter.serde.UnreadableRecordException;
import io.tokenmeter.wire.EntryCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads the journal as the ledger does. Anybody who may write there can have put something else
 * among the entries; what the ledger refuses is none.
 */
final class JournalReader implements AutoCloseable {
  private final Deserializer<JournalEntry> entries;

  JournalReader(TokenmeterConfig config) {
    entries = RecordSerde.ofValue(JournalEntry.class, config.serializers()).deserializer();
  }

  /** The entry; empty when the ledger refuses the record. */
  Optional<JournalEntry> read(ConsumerRecord<byte[], byte[]> record) {
    try {
      JournalEntry entry = entries.deserialize(record.topic(), record.value());
      if (entry == null
          || !Arrays.equals(record.key(), entry.getOrgId().getBytes(StandardCharsets.UTF_8))) {
        return Optional.empty();
      }
      Instant appendedAt = Instant.ofEpochMilli(record.timestamp());
      var unused =
          EntryCodec.decode(
              entry, new JournalPosition(record.partition(), record.offset(), appendedAt));
      return Optional.of(entry);
    } catch (UnreadableRecordException | InvalidRecordException refused) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    entries.close();
  }
}
