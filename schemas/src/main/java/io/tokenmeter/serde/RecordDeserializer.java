package io.tokenmeter.serde;

import io.tokenmeter.serde.UnreadableRecordException.Kind;
import java.nio.ByteBuffer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** One class's records over a deserializer that gives any, its failures sorted. */
final class RecordDeserializer<T> implements Deserializer<T> {
  private final Class<T> type;
  private final Deserializer<Object> deserializer;

  RecordDeserializer(Class<T> type, Deserializer<Object> deserializer) {
    this.type = type;
    this.deserializer = deserializer;
  }

  @Override
  public @Nullable T deserialize(String topic, byte @Nullable [] data) {
    try {
      return checked(deserializer.deserialize(topic, data));
    } catch (RuntimeException e) {
      throw ForeignFailures.sorted(e);
    }
  }

  @Override
  public @Nullable T deserialize(String topic, Headers headers, byte @Nullable [] data) {
    try {
      return checked(deserializer.deserialize(topic, headers, data));
    } catch (RuntimeException e) {
      throw ForeignFailures.sorted(e);
    }
  }

  @Override
  public @Nullable T deserialize(String topic, Headers headers, @Nullable ByteBuffer data) {
    try {
      return checked(deserializer.deserialize(topic, headers, data));
    } catch (RuntimeException e) {
      throw ForeignFailures.sorted(e);
    }
  }

  private @Nullable T checked(@Nullable Object value) {
    if (value != null && !type.isInstance(value)) {
      throw new UnreadableRecordException(
          Kind.WRONG_TYPE,
          "The value was read as a "
              + value.getClass().getName()
              + ", but a "
              + type.getName()
              + " belongs here.");
    }
    return type.cast(value);
  }

  @Override
  public void close() {
    deserializer.close();
  }
}
