package io.tokenmeter.stream;

import io.tokenmeter.measured.Measure;
import io.tokenmeter.topics.Topics;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;

/**
 * Measuring: raw records in, journal entries out. It keeps no state, so instances are added for more
 * cores and lost without a restore.
 */
public final class MeasureTopology {
  static final String MEASURE = "measure";
  static final String JOURNAL = "journal";
  static final String REJECTED = "rejected";

  private MeasureTopology() {}

  /** The whole application, raw topics to journal and dead letters. */
  public static Topology build(
      Topics topics, RecordSerdes serdes, Measure measure, Conservation conservation) {
    ByteArrayDeserializer bytesIn = new ByteArrayDeserializer();
    ByteArraySerializer bytesOut = new ByteArraySerializer();
    RawReader.Factory readers = () -> new RawReader(topics, serdes, measure);

    return new Topology()
        .addSource("requests", bytesIn, bytesIn, topics.name(Topics.REQUESTS))
        .addSource("responses", bytesIn, bytesIn, topics.name(Topics.RESPONSES))
        .addSource("usage", bytesIn, bytesIn, topics.name(Topics.USAGE))
        .addSource("commands", bytesIn, bytesIn, topics.name(Topics.COMMANDS))
        .addProcessor(
            MEASURE,
            () -> new MeasureProcessor(readers.create(), conservation),
            "requests",
            "responses",
            "usage",
            "commands")
        .addSink(JOURNAL, topics.name(Topics.JOURNAL), bytesOut, serdes.out(), MEASURE)
        .addSink(REJECTED, topics.name(Topics.REJECTED), bytesOut, RecordSerdes.bytesOut(), MEASURE);
  }
}
