package io.tokenmeter.bench;

import io.tokenmeter.topics.Topics;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Raw records of exchanges, made ready to be appended. */
final class Exchanges {
  private final Gateway gateway;
  private final Traffic traffic;
  private long count;

  Exchanges(Gateway gateway, long seed, int organisations) {
    this.gateway = gateway;
    this.traffic = new Traffic(Long.toHexString(System.nanoTime()), seed, organisations);
  }

  /** How many exchanges were made ready until now. */
  long count() {
    return count;
  }

  /** The halves of so many exchanges, a request before its answer. */
  List<ProducerRecord<byte[], byte[]>> next(int exchanges) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(2 * exchanges);
    for (int i = 0; i < exchanges; i++) {
      Traffic.Exchange exchange = traffic.next();
      records.add(gateway.ready(Topics.LLM_REQUESTS, exchange.org(), exchange.request()));
      records.add(gateway.ready(Topics.LLM_RESPONSES, exchange.org(), exchange.response()));
    }
    count += exchanges;
    return records;
  }
}
