package io.tokenmeter.proof;

import io.tokenmeter.ledger.Command;
import io.tokenmeter.ledger.CommandId;
import io.tokenmeter.ledger.GrantCredits;
import io.tokenmeter.ledger.GrantId;
import io.tokenmeter.ledger.GrantKind;
import io.tokenmeter.rated.Amount;
import io.tokenmeter.rated.ModelPrices;
import io.tokenmeter.raw.OrgId;
import io.tokenmeter.schema.LedgerCommand;
import io.tokenmeter.serde.RecordSerde;
import io.tokenmeter.serde.SchemaRegistryClient;
import io.tokenmeter.topics.TopicPrefix;
import io.tokenmeter.topics.Topics;
import io.tokenmeter.wire.CommandCodec;
import io.tokenmeter.wire.PriceCodec;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/** Topics of the test's own, and those who write to them. */
final class Installation implements AutoCloseable {
  private final Site site;
  private final TopicPrefix prefix;
  private final int partitions;
  private final Serializer<Object> values;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  /** Makes the topics on the shared broker. */
  Installation(TopicPrefix prefix, int partitions) {
    this(Site.shared(), prefix, partitions);
  }

  /** Makes the topics. */
  Installation(Site site, TopicPrefix prefix, int partitions) {
    this.site = site;
    this.prefix = prefix;
    this.partitions = partitions;
    this.values = RecordSerde.valueSerializer(site.serializers());
    Map<String, Object> brokers = Map.of("bootstrap.servers", site.bootstrapServers());
    try (Admin admin = Admin.create(brokers)) {
      admin
          .createTopics(Topics.newTopics(prefix, OptionalInt.of(partitions), OptionalInt.empty()))
          .all()
          .get();
    } catch (ExecutionException e) {
      throw new AssertionError("the topics can't be made", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
    producer =
        new KafkaProducer<>(producer(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** How a gateway's producer is set up. */
  Map<String, Object> producer() {
    Map<String, Object> settings = new TreeMap<>();
    settings.put("bootstrap.servers", site.bootstrapServers());
    settings.put("enable.idempotence", true);
    settings.put("linger.ms", 2);
    settings.put("max.request.size", 17 << 20);
    return settings;
  }

  /** A record to send, under any key, as gateways may. */
  ProducerRecord<byte[], byte[]> record(Topics topic, byte[] key, byte[] value) {
    return new ProducerRecord<>(topic.name(prefix), key, value);
  }

  /** What a process is told that runs this installation. */
  Map<String, String> settings(Path state) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("bootstrap.servers", site.bootstrapServers());
    settings.put("schema.registry.url", site.registryUrl());
    settings.put("topic.prefix", prefix.value());
    settings.put("application.id.prefix", prefix.value() + "app");
    settings.put("partitions", Integer.toString(partitions));
    settings.put("state.dir", state.toString());
    settings.put("http.listen", "127.0.0.1:0");
    return settings;
  }

  CommittedRecords read() {
    return new CommittedRecords(site, prefix);
  }

  /** Publishes a record under any key, as gateways may. */
  void send(Topics topic, byte[] key, SpecificRecord value) {
    send(new ProducerRecord<>(topic.name(prefix), key, bytes(topic, value)));
  }

  /** Publishes a record to one partition. */
  void send(Topics topic, int partition, SpecificRecord value) {
    send(new ProducerRecord<>(topic.name(prefix), partition, null, bytes(topic, value)));
  }

  /** Publishes bytes as they are, with a header of the gateway's. */
  void send(Topics topic, byte[] key, byte[] value, String header, String text) {
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic.name(prefix), key, value);
    record.headers().add(header, text.getBytes(StandardCharsets.UTF_8));
    send(record);
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    Future<RecordMetadata> unused =
        producer.send(
            record,
            (metadata, exception) -> {
              if (exception != null) {
                failure.compareAndSet(null, exception);
              }
            });
  }

  /** Waits until the broker has all that was sent. */
  void flush() {
    producer.flush();
    if (failure.get() != null) {
      throw new AssertionError("the broker refused a record", failure.get());
    }
  }

  void publish(List<ModelPrices> models) {
    for (ModelPrices model : models) {
      byte[] key = utf8(PriceCodec.key(model.book(), model.model()));
      send(Topics.CATALOG_PRICES, key, PriceCodec.encode(model));
    }
    flush();
  }

  /** Grants what is there to draw on from now on, for ever. */
  void grant(String org, String id, BigDecimal amount, Instant now) {
    send(Topics.LEDGER_COMMANDS, utf8(org), grantOf(org, id, amount, now));
  }

  static LedgerCommand grantOf(String org, String id, BigDecimal amount, Instant now) {
    GrantCredits grant =
        new GrantCredits(
            new GrantId(id), new Amount(amount), GrantKind.PURCHASE, 100, now, null, null, null);
    return CommandCodec.encode(new OrgId(org), new Command(new CommandId(id), now, grant));
  }

  /** A record as its bytes on a topic. Gateways of several threads may ask. */
  synchronized byte[] bytes(Topics topic, SpecificRecord value) {
    return values.serialize(topic.name(prefix), value);
  }

  /** Registers a schema that nobody asked for. */
  int register(String subject, Schema schema) {
    return SchemaRegistryClient.of(site.serializers()).register(subject, schema);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    producer.close();
  }
}
