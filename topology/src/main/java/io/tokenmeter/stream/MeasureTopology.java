package io.tokenmeter.stream;

import io.tokenmeter.measured.Measure;
import io.tokenmeter.topics.TopicPrefix;
import io.tokenmeter.topics.Topics;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;

/**
 * Measuring: raw records in, journal entries out. It keeps no state, so instances are added for
 * more cores and lost without a restore.
 */
public final class MeasureTopology {
  static final String MEASURE = "measure";
  static final String JOURNAL = "journal";
  static final String REJECTED = "rejected";

  private MeasureTopology() {}

  /** The whole application, raw topics to journal and dead letters. */
  public static Topology build(
      TopicPrefix prefix, RecordSerdes serdes, Measure measure, Conservation conservation) {
    ByteArrayDeserializer bytesIn = new ByteArrayDeserializer();
    ByteArraySerializer bytesOut = new ByteArraySerializer();

    return new Topology()
        .addSource("requests", bytesIn, bytesIn, Topics.LLM_REQUESTS.name(prefix))
        .addSource("responses", bytesIn, bytesIn, Topics.LLM_RESPONSES.name(prefix))
        .addSource("usage", bytesIn, bytesIn, Topics.USAGE_RECORDS.name(prefix))
        .addSource("commands", bytesIn, bytesIn, Topics.LEDGER_COMMANDS.name(prefix))
        .addProcessor(
            MEASURE,
            () -> new MeasureProcessor(new RawReader(prefix, serdes, measure), conservation),
            "requests",
            "responses",
            "usage",
            "commands")
        .addSink(JOURNAL, Topics.LEDGER_JOURNAL.name(prefix), bytesOut, serdes.out(), MEASURE)
        .addSink(
            REJECTED,
            Topics.USAGE_REJECTED.name(prefix),
            bytesOut,
            RecordSerdes.bytesOut(),
            MEASURE);
  }
}
