package io.tokenmeter.connect;

import io.tokenmeter.topics.Topics;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * A few records on each topic but the charges: one charge, an event of each kind, two balances of
 * one organisation, and one of an organisation that is then gone.
 */
final class OtherTraffic {
  private final String bootstrapServers;
  private final RegistryOfIds registry;

  OtherTraffic(String bootstrapServers, RegistryOfIds registry) {
    this.bootstrapServers = bootstrapServers;
    this.registry = registry;
  }

  void publish() throws IOException, ExecutionException, InterruptedException {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
            new StringSerializer(),
            new ByteArraySerializer())) {
      send(producer, Topics.USAGE_BILLED, "acme", Others.billed("acme", 1));
      send(producer, Topics.EVENTS_LOW_BALANCE, "acme", Others.lowBalance("acme", 1));
      send(producer, Topics.EVENTS_QUOTA_EXCEEDED, "acme", Others.quotaExceeded("acme", 1));
      send(producer, Topics.LEDGER_BALANCES, "acme", Others.balance("acme", 1));
      send(producer, Topics.LEDGER_BALANCES, "acme", Others.balance("acme", 2));
      send(producer, Topics.LEDGER_BALANCES, "gone", Others.balance("gone", 1));
      send(producer, Topics.LEDGER_BALANCES, "gone", null);
    }
  }

  private void send(
      KafkaProducer<String, byte[]> producer,
      Topics topic,
      String key,
      @Nullable SpecificRecord value)
      throws IOException, ExecutionException, InterruptedException {
    byte[] bytes =
        value == null
            ? null
            : Wire.bytes(registry.add(value.getSchema()), value.getSchema(), value);
    producer.send(new ProducerRecord<>(topic.baseName(), key, bytes)).get();
  }
}
