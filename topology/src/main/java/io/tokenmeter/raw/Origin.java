package io.tokenmeter.raw;

/** Where a record stood when it was read. */
public record Origin(String topic, int partition, long offset) {}
