package io.tokenmeter.serde;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** One class's records over a serializer that takes any. */
final class RecordSerializer<T> implements Serializer<T> {
  private final Serializer<Object> serializer;

  RecordSerializer(Serializer<Object> serializer) {
    this.serializer = serializer;
  }

  @Override
  public byte @Nullable [] serialize(String topic, @Nullable T data) {
    return serializer.serialize(topic, data);
  }

  @Override
  public byte @Nullable [] serialize(String topic, Headers headers, @Nullable T data) {
    return serializer.serialize(topic, headers, data);
  }

  @Override
  public void close() {
    serializer.close();
  }
}
