package io.tokenmeter.topics;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/** How a kind of topic is kept. */
public enum TopicPolicy {
  /** Whole bodies, customers' text in them: for a day, dated by the broker. */
  RAW(Duration.ofDays(1), Clock.BROKER, Size.BODIES),
  /** What operators asked; the journal keeps what was accepted. */
  COMMANDS(Duration.ofDays(7), Clock.BROKER, Size.RECORDS),
  /** The ledger's only input: as long as a ledger may have to be rebuilt from. */
  JOURNAL(Duration.ofDays(35), Clock.BROKER, Size.RECORDS),
  /** What the ledger says, dated as the journal record that it follows from. */
  RESULT(Duration.ofDays(35), Clock.PRODUCER, Size.RECORDS),
  /** The newest value of each key, for ever. */
  TABLE(null, Clock.PRODUCER, Size.RECORDS),
  /** Copies of raw records with headers on top; never kept longer than the raw ones. */
  DEAD_LETTERS(RAW.retention, Clock.BROKER, Size.REJECTED_BODIES);

  private enum Clock {
    BROKER,
    PRODUCER,
  }

  /** In bytes of a compressed batch; a body of 8 MiB has to fit that doesn't compress at all. */
  private enum Size {
    RECORDS(4 * 1024 * 1024),
    BODIES(16 * 1024 * 1024),
    REJECTED_BODIES(17 * 1024 * 1024);

    private final int bytes;

    Size(int bytes) {
      this.bytes = bytes;
    }
  }

  /**
   * A record goes only with its whole segment. So segments of short-lived topics span an hour, or a
   * day's retention would be eight of them.
   */
  private static final Duration SHORT_SEGMENT = Duration.ofHours(1);

  private static final Duration COMPACTION_LAG = Duration.ofDays(1);

  private final @Nullable Duration retention;
  private final Clock clock;
  private final Size size;

  TopicPolicy(@Nullable Duration retention, Clock clock, Size size) {
    this.retention = retention;
    this.clock = clock;
    this.size = size;
  }

  /** How long a record is kept; empty for a table, which keeps the newest of each key. */
  public Optional<Duration> retention() {
    return Optional.ofNullable(retention);
  }

  /** Whether the broker's append time stands on the records, not the producer's. */
  public boolean logAppendTime() {
    return clock == Clock.BROKER;
  }

  /** The largest batch, in bytes as compressed. A producer's max.request.size must allow it. */
  public int maxMessageBytes() {
    return size.bytes;
  }

  /** Kafka's settings of a topic of this kind. */
  public Map<String, String> configs() {
    Map<String, String> configs = new LinkedHashMap<>();
    if (retention == null) {
      configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
      configs.put(TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG, millis(COMPACTION_LAG));
    } else {
      configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
      configs.put(TopicConfig.RETENTION_MS_CONFIG, millis(retention));
    }
    configs.put(
        TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
        switch (clock) {
          case BROKER -> "LogAppendTime";
          case PRODUCER -> "CreateTime";
        });
    configs.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(size.bytes));
    switch (size) {
      case RECORDS -> configs.put(TopicConfig.COMPRESSION_TYPE_CONFIG, "producer");
      case BODIES, REJECTED_BODIES -> {
        configs.put(TopicConfig.COMPRESSION_TYPE_CONFIG, "zstd");
        configs.put(TopicConfig.SEGMENT_MS_CONFIG, millis(SHORT_SEGMENT));
      }
    }
    return configs;
  }

  private static String millis(Duration duration) {
    return Long.toString(duration.toMillis());
  }
}
