package io.tokenmeter.query;

import io.tokenmeter.embedded.SharedBroker;
import io.tokenmeter.events.WatchedLedger;
import io.tokenmeter.ingest.otlp.SpanMeter;
import io.tokenmeter.ledger.Ledger;
import io.tokenmeter.ledger.LedgerDefaults;
import io.tokenmeter.measured.count.Counters;
import io.tokenmeter.rated.Rater;
import io.tokenmeter.serde.SerdeConfig;
import io.tokenmeter.stream.LedgerStores;
import io.tokenmeter.stream.LedgerTopology;
import io.tokenmeter.stream.LivePrices;
import io.tokenmeter.stream.RecordSerdes;
import io.tokenmeter.topics.TopicPrefix;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;

/** A real ledger application with its HTTP server, one of several in this process. */
final class LedgerInstance {
  static final LedgerDefaults DEFAULTS = LedgerDefaults.of("it", "credit");

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  final Instance self = new Instance("127.0.0.1", Fleet.freePort());
  final StreamsRouting routing;
  final StoredLedger reader;
  private final Metrics metrics = new Metrics();
  private final KafkaStreams streams;
  private final QueryServer server;

  /**
   * Starts one.
   *
   * @param stateDir may be shared with other instances
   */
  LedgerInstance(TopicPrefix prefix, Path stateDir) {
    streams =
        new KafkaStreams(
            LedgerTopology.build(
                prefix,
                new RecordSerdes(Map.of(SerdeConfig.URL, SharedBroker.registryUrl())),
                new WatchedLedger(ledger()),
                new LivePrices(),
                LedgerStores.Retention.STANDARD,
                metrics),
            settings(prefix, stateDir));
    routing = new StreamsRouting(streams, self);
    reader = new StoredLedger(streams, routing, DEFAULTS);
    metrics.watch("ledger", streams);
    server =
        QueryServer.start(
            Listening.plain(self.host(), self.port(), Fleet.doors()),
            List.of(new Application("ledger", streams)),
            metrics,
            new LedgerSources(
                reader,
                routing,
                (org, command) -> {
                  throw new AssertionError("nobody asks for anything here");
                },
                new FixedTopics(),
                SpanMeter.ORGANISATION,
                new FixedPrices(),
                "gptbots",
                Counters.shared(),
                new TopicEvents(
                    prefix,
                    Map.of("bootstrap.servers", SharedBroker.bootstrapServers()),
                    Map.of(SerdeConfig.URL, SharedBroker.registryUrl())),
                InstantSource.system()));
    streams.start();
  }

  HttpResponse<String> ask(String target) {
    try {
      return CLIENT.send(
          HttpRequest.newBuilder(URI.create("http://" + self + target))
              .header("Authorization", "Bearer " + Fleet.OPERATOR)
              .build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError("no answer from " + self, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Stops without a word to the group, so that the others learn of it by a session's time-out. */
  void vanish() {
    stop(CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP);
  }

  /** Stops and leaves the group. */
  void leave() {
    stop(CloseOptions.GroupMembershipOperation.LEAVE_GROUP);
  }

  private void stop(CloseOptions.GroupMembershipOperation membership) {
    server.close();
    metrics.close();
    streams.close(
        CloseOptions.timeout(Duration.ofSeconds(20)).withGroupMembershipOperation(membership));
  }

  private Properties settings(TopicPrefix prefix, Path stateDir) {
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, prefix.value() + "ledger");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, SharedBroker.bootstrapServers());
    settings.put(StreamsConfig.APPLICATION_SERVER_CONFIG, self.toString());
    settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.resolve("" + self.port()).toString());
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100);
    settings.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, 1);
    settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, 1);
    settings.put(StreamsConfig.consumerPrefix("session.timeout.ms"), 6_000);
    settings.put(StreamsConfig.consumerPrefix("heartbeat.interval.ms"), 500);
    settings.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
    return settings;
  }

  private static Ledger ledger() {
    return new Ledger(
        (request, response, basis, policy) -> {
          throw new AssertionError("there are usage records here, and no exchanges");
        },
        Rater::rate,
        (call, readings) -> "tool",
        DEFAULTS);
  }
}
