package io.tokenmeter.app;

import io.tokenmeter.events.LedgerRules;
import io.tokenmeter.ledger.LedgerDefaults;
import io.tokenmeter.measured.Measure;
import io.tokenmeter.measured.count.Counters;
import io.tokenmeter.query.Application;
import io.tokenmeter.query.Instance;
import io.tokenmeter.query.LedgerSources;
import io.tokenmeter.query.Listening;
import io.tokenmeter.query.Metrics;
import io.tokenmeter.query.QueryServer;
import io.tokenmeter.query.StoredLedger;
import io.tokenmeter.query.StreamsRouting;
import io.tokenmeter.query.TopicEvents;
import io.tokenmeter.stream.LedgerStores;
import io.tokenmeter.stream.LedgerTopology;
import io.tokenmeter.stream.LivePrices;
import io.tokenmeter.stream.MeasureTopology;
import io.tokenmeter.stream.RecordSerdes;
import io.tokenmeter.topics.TopicPrefix;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.jspecify.annotations.Nullable;

/** The applications and the HTTP server of one process, from start to stop. */
final class RunningStages implements AutoCloseable {
  private static final Duration CLOSING = Duration.ofSeconds(10);

  private final LivePrices prices = new LivePrices();
  private final TokenmeterConfig config;
  private final Counters counters;
  private final Metrics metrics = new Metrics();
  private final Map<String, KafkaStreams> applications = new LinkedHashMap<>();
  private final CountDownLatch failed = new CountDownLatch(1);
  private final HostPort listen;
  private final Listening listening;
  private final @Nullable CommandProducer commands;
  private final @Nullable RawProducer rawRecords;
  private final QueryServer server;
  private boolean closed;

  private RunningStages(TokenmeterConfig config, Stage stage) {
    this.config = config;
    this.counters = config.counters();
    this.listen = chosen(config.httpListen());
    this.listening = new HttpSettings(config).listening(listen, stage);
    if (stage.measures()) {
      add("measure", measure(), StreamsSettings.measure(config));
    }
    if (stage.keepsLedger()) {
      HostPort advertised = config.httpAdvertised().orElse(listen);
      add("ledger", ledger(), StreamsSettings.ledger(config, advertised));
      CommandProducer producer = new CommandProducer(config);
      RawProducer rawProducer = new RawProducer(config);
      this.commands = producer;
      this.rawRecords = rawProducer;
      this.server = ledgerServer(advertised, producer, rawProducer);
    } else {
      this.commands = null;
      this.rawRecords = null;
      this.server = QueryServer.start(listening, health(), metrics);
    }
  }

  /** Starts what a stage has, and the server; doesn't wait until it runs. */
  static RunningStages start(TokenmeterConfig config, Stage stage) {
    RunningStages stages;
    try {
      stages = new RunningStages(config, stage);
    } catch (RuntimeException e) {
      throw isPortTaken(e)
          ? CommandException.unreachable(
              "can't listen on "
                  + config.httpListen()
                  + ", which is taken; set "
                  + ConfigKeys.HTTP_LISTEN)
          : e;
    }
    try {
      // State that is there is opened before the threads run.
      stages.applications.values().forEach(KafkaStreams::start);
    } catch (RuntimeException e) {
      stages.close();
      throw StreamsFailures.advice(e, config.stateDir())
          .<RuntimeException>map(CommandException::checkFailed)
          .orElse(e);
    }
    return stages;
  }

  /** Where queries are answered. */
  String url() {
    return listening.scheme() + "://" + listen.host() + ":" + server.port();
  }

  /** Whether every application runs, with its state restored. */
  boolean isRunning() {
    return applications.values().stream().allMatch(s -> s.state() == KafkaStreams.State.RUNNING);
  }

  /** Whether an application has stopped for good. */
  boolean hasFailed() {
    return failed.getCount() == 0;
  }

  /** Waits until an application stops for good. */
  void awaitFailure() throws InterruptedException {
    failed.await();
  }

  /**
   * Stops taking queries, then the applications, each within seconds. An instance without a name of
   * its own leaves its groups at once: else the others would wait for the session to run out.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    server.close();
    if (commands != null) {
      commands.close();
    }
    if (rawRecords != null) {
      rawRecords.close();
    }
    CloseOptions.GroupMembershipOperation group =
        config.groupInstanceId().isPresent()
            ? CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP
            : CloseOptions.GroupMembershipOperation.LEAVE_GROUP;
    List<Thread> closing = new ArrayList<>();
    applications.forEach(
        (name, streams) -> {
          Thread thread =
              new Thread(
                  () ->
                      streams.close(
                          CloseOptions.timeout(CLOSING).withGroupMembershipOperation(group)),
                  "close-" + name);
          thread.start();
          closing.add(thread);
        });
    try {
      for (Thread thread : closing) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    metrics.close();
  }

  private void add(String name, Topology topology, Map<String, Object> settings) {
    Properties properties = new Properties();
    properties.putAll(settings);
    KafkaStreams streams = new KafkaStreams(topology, new StreamsConfig(properties));
    streams.setUncaughtExceptionHandler(new StreamsFailures(name, config.stateDir()));
    streams.setStateListener(
        (now, before) -> {
          if (now == KafkaStreams.State.ERROR) {
            failed.countDown();
          }
        });
    metrics.watch(name, streams);
    applications.put(name, streams);
  }

  private Topology measure() {
    metrics.watch(counters);
    return MeasureTopology.build(
        new TopicPrefix(config.topicPrefix()),
        new RecordSerdes(config.serializers()),
        new Measure(counters),
        metrics);
  }

  private Topology ledger() {
    return LedgerTopology.build(
        new TopicPrefix(config.topicPrefix()),
        new RecordSerdes(config.serializers()),
        LedgerRules.with(config.ledgerDefaults()),
        prices,
        LedgerStores.Retention.STANDARD,
        metrics);
  }

  private QueryServer ledgerServer(
      HostPort advertised, CommandProducer producer, RawProducer rawProducer) {
    KafkaStreams ledger = applications.get("ledger");
    LedgerDefaults defaults = config.ledgerDefaults();
    StreamsRouting routing =
        new StreamsRouting(ledger, new Instance(advertised.host(), advertised.port()));
    return QueryServer.start(
        listening,
        health(),
        metrics,
        new LedgerSources(
            new StoredLedger(ledger, routing, defaults),
            routing,
            producer,
            rawProducer,
            config.text(ConfigKeys.OTLP_ORGANISATION_ATTRIBUTE),
            new ServedPrices(prices),
            config.defaultBook(),
            counters,
            new TopicEvents(
                new TopicPrefix(config.topicPrefix()), config.kafka(), config.serializers()),
            InstantSource.system()));
  }

  private List<Application> health() {
    return applications.entrySet().stream()
        .map(entry -> new Application(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** The ledger tells others its port before the server listens, so a free one is chosen first. */
  private static HostPort chosen(HostPort listen) {
    if (listen.port() != 0) {
      return listen;
    }
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new HostPort(listen.host(), socket.getLocalPort());
    } catch (IOException e) {
      throw CommandException.unreachable("no port is free to answer queries on");
    }
  }

  private static boolean isPortTaken(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException
          || String.valueOf(cause.getMessage()).contains("Port already in use")) {
        return true;
      }
    }
    return false;
  }
}
