package io.tokenmeter.warehouse;

import io.tokenmeter.app.TokenmeterConfig;
import io.tokenmeter.schema.ChargeLine;
import io.tokenmeter.serde.RecordSerde;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Charge lines as the ledger leaves them on a topic: in transactions, some of which abort. */
final class Traffic {
  private static final String TOPIC = "usage.charges";
  private static final int LINES_A_TRANSACTION = 250;

  private final TokenmeterConfig config;
  private final Random random = new Random(20261128);
  private final Map<String, BigDecimal> amounts = new TreeMap<>();
  private int usage;

  Traffic(TokenmeterConfig config) {
    this.config = config;
  }

  /** What was committed, by organisation. */
  synchronized Map<String, BigDecimal> amounts() {
    return new TreeMap<>(amounts);
  }

  /** Commits that many lines, and aborts about one in ten more. */
  @SuppressWarnings("FutureReturnValueIgnored") // The commit fails when a send did.
  synchronized void publish(int lines) {
    Map<String, Object> settings = new HashMap<>(config.kafka());
    settings.put("transactional.id", "charges");
    try (Serializer<Object> values = RecordSerde.valueSerializer(config.serializers());
        KafkaProducer<String, byte[]> producer =
            new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      for (int committed = 0; committed < lines; usage++) {
        boolean aborts = random.nextInt(10) == 0;
        producer.beginTransaction();
        for (int line = 1; line <= LINES_A_TRANSACTION; line++) {
          ChargeLine charge = charge((aborts ? "aborted-" : "usage-") + usage, line);
          byte[] value = values.serialize(TOPIC, charge);
          producer.send(new ProducerRecord<>(TOPIC, charge.getOrgId(), value));
          if (!aborts) {
            amounts.merge(charge.getOrgId(), charge.getAmount(), BigDecimal::add);
          }
        }
        if (aborts) {
          producer.flush();
          producer.abortTransaction();
        } else {
          producer.commitTransaction();
          committed += LINES_A_TRANSACTION;
        }
      }
    }
  }

  private ChargeLine charge(String id, int line) {
    String amount = BigDecimal.valueOf(random.nextLong(1L << 50), 12).toPlainString();
    return Lines.line("org-" + random.nextInt(7), id, line, amount);
  }
}
