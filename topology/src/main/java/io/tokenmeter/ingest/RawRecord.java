package io.tokenmeter.ingest;

import io.tokenmeter.topics.Topics;
import org.apache.avro.specific.SpecificRecord;

/**
 * A record of a raw topic, ready to be published.
 *
 * @param topic where it belongs
 * @param key decides the partition
 * @param value of the topic's type
 */
public record RawRecord(Topics topic, String key, SpecificRecord value) {}
