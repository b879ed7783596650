package io.tokenmeter.stream;

import io.tokenmeter.raw.InvalidRecordException;
import io.tokenmeter.raw.Rejection;
import io.tokenmeter.schema.PriceEntry;
import io.tokenmeter.serde.UnreadableRecordException;
import io.tokenmeter.wire.PriceCodec;
import java.util.Objects;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads {@code catalog.prices} into the global store and the instance's {@link LivePrices}.
 *
 * <p>A record that can't be read leaves the model's older prices in force: dropping them would park
 * traffic that has a price. It is counted and logged, since a global thread has nowhere to send it.
 */
final class PriceLoader implements Processor<String, byte[], Void, Void> {
  static final String STORE = "prices";
  private static final Logger LOG = LoggerFactory.getLogger(PriceLoader.class);

  private final String topic;
  private final LivePrices prices;
  private final Deserializer<PriceEntry> deserializer;
  private final Conservation conservation;
  private KeyValueStore<String, byte[]> store;

  PriceLoader(
      String topic,
      LivePrices prices,
      Deserializer<PriceEntry> deserializer,
      Conservation conservation) {
    this.topic = topic;
    this.prices = prices;
    this.deserializer = deserializer;
    this.conservation = conservation;
  }

  @Override
  public void init(ProcessorContext<Void, Void> context) {
    store = Objects.requireNonNull(context.getStateStore(STORE));
    try (KeyValueIterator<String, byte[]> restored = store.all()) {
      restored.forEachRemaining(entry -> load(entry.key, entry.value));
    }
  }

  @Override
  public void process(Record<String, byte[]> record) {
    if (record.value() == null) {
      store.delete(record.key());
      int end = record.key().indexOf('\0');
      if (end >= 0) {
        prices.remove(record.key().substring(0, end), record.key().substring(end + 1));
      }
    } else if (load(record.key(), record.value())) {
      store.put(record.key(), record.value());
    }
  }

  private boolean load(String key, byte[] value) {
    try {
      prices.put(PriceCodec.decode(deserializer.deserialize(topic, value)));
      return true;
    } catch (UnreadableRecordException e) {
      return refused(key, Rejections.of(e.kind()), e);
    } catch (InvalidRecordException e) {
      return refused(key, e.code(), e);
    }
  }

  private boolean refused(String key, Rejection code, RuntimeException why) {
    conservation.rejected(topic, code);
    String entry = key.replace('\0', '/');
    LOG.atError()
        .addKeyValue("topic", topic)
        .addKeyValue("prices", entry)
        .addKeyValue("reason", code)
        .log(
            "prices under key {} of {} can't be read and are not in force: {}; publish the book"
                + " again",
            entry,
            topic,
            why.getMessage());
    return false;
  }
}
