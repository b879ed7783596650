package io.tokenmeter.stream;

import io.tokenmeter.raw.InvalidRecordException;
import io.tokenmeter.raw.Origin;
import io.tokenmeter.raw.Rejected;
import io.tokenmeter.schema.JournalEntry;
import io.tokenmeter.serde.UnreadableRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Turns one raw record into a journal entry under its organisation's key, or into a dead letter.
 *
 * <p>The gateway's own headers stop here: the journal carries facts, and a header could hold
 * anything.
 */
final class MeasureProcessor implements Processor<byte[], byte[], byte[], Object> {
  static final String STAGE = "measure";

  private final RawReader reader;
  private final Conservation conservation;
  private ProcessorContext<byte[], Object> context;

  MeasureProcessor(RawReader reader, Conservation conservation) {
    this.reader = reader;
    this.conservation = conservation;
  }

  @Override
  public void init(ProcessorContext<byte[], Object> context) {
    this.context = context;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    RecordMetadata metadata = context.recordMetadata().orElseThrow();
    conservation.raw(metadata.topic());
    Origin origin = new Origin(metadata.topic(), metadata.partition(), metadata.offset());
    JournalEntry entry;
    try {
      entry = reader.read(origin, record.value(), Instant.ofEpochMilli(record.timestamp()));
    } catch (UnreadableRecordException e) {
      refuse(record, metadata, new Rejected(Rejections.of(e.kind()), e.getMessage()));
      return;
    } catch (InvalidRecordException e) {
      refuse(record, metadata, new Rejected(e.code(), e.getMessage()));
      return;
    }
    byte[] key = entry.getOrgId().getBytes(StandardCharsets.UTF_8);
    context.forward(
        new Record<>(key, (Object) entry, record.timestamp(), new RecordHeaders()),
        MeasureTopology.JOURNAL);
    conservation.metered(metadata.topic());
  }

  private void refuse(Record<byte[], byte[]> record, RecordMetadata origin, Rejected why) {
    conservation.rejected(origin.topic(), why.code());
    Record<byte[], byte[]> letter = DeadLetters.of(record, origin, STAGE, why);
    context.forward(letter.withValue((Object) letter.value()), MeasureTopology.REJECTED);
  }
}
