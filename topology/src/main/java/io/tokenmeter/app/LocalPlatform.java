package io.tokenmeter.app;

import io.tokenmeter.embedded.EmbeddedPlatform;
import io.tokenmeter.query.access.AccessToken;
import io.tokenmeter.query.access.Scope;
import io.tokenmeter.rated.ModelPrices;
import io.tokenmeter.rated.book.ShippedBooks;
import io.tokenmeter.serde.SchemaRegistryClient;
import io.tokenmeter.topics.TopicPrefix;
import io.tokenmeter.topics.Topics;
import io.tokenmeter.wire.PriceCodec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** All of Tokenmeter on one machine: broker, registry, topics, schemas, prices, applications. */
public final class LocalPlatform implements AutoCloseable {
  private static final Duration STARTING = Duration.ofMinutes(2);
  private static final Duration LOOK = Duration.ofMillis(50);

  private final EmbeddedPlatform platform;
  private final TokenmeterConfig config;
  private final RunningStages stages;
  private final String token;

  private LocalPlatform(
      EmbeddedPlatform platform, TokenmeterConfig config, RunningStages stages, String token) {
    this.platform = platform;
    this.config = config;
    this.stages = stages;
    this.token = token;
  }

  /**
   * Where it all is and how it is set up.
   *
   * @param directory for all data
   * @param brokerPort 0 for any
   * @param registryPort 0 for any
   * @param schemas whether they outlive the process
   * @param settings ours, but for addresses and the state's directory
   */
  public record Plan(
      Path directory,
      int brokerPort,
      int registryPort,
      EmbeddedPlatform.Schemas schemas,
      Map<String, String> settings) {
    /** For a demo: nothing is kept, and every port is free. */
    public static Plan demo(Path directory, TokenmeterConfig given) {
      Map<String, String> ours = new HashMap<>();
      ours.put(ConfigKeys.PARTITIONS, "2");
      ours.put(ConfigKeys.ANSWER_WAIT, "5s");
      ours.put(ConfigKeys.HTTP_LISTEN, "127.0.0.1:0");
      ours.put(ConfigKeys.STATE_CACHE, "32MiB");
      ours.putAll(given.settings());
      return new Plan(directory, 0, 0, EmbeddedPlatform.Schemas.FORGOTTEN, ours);
    }
  }

  /**
   * Starts everything and waits until it runs.
   *
   * @param progress takes a line for each step
   */
  public static LocalPlatform start(Plan plan, Consumer<String> progress) {
    progress.accept("starting a broker and a schema registry ...");
    EmbeddedPlatform platform =
        EmbeddedPlatform.start(
            plan.directory(), plan.brokerPort(), plan.registryPort(), plan.schemas());
    try {
      return start(plan, platform, progress);
    } catch (RuntimeException e) {
      platform.close();
      throw e;
    }
  }

  private static LocalPlatform start(
      Plan plan, EmbeddedPlatform platform, Consumer<String> progress) {
    Map<String, String> settings = new HashMap<>(plan.settings());
    settings.put(ConfigKeys.BOOTSTRAP_SERVERS, platform.bootstrapServers());
    settings.put(ConfigKeys.SCHEMA_REGISTRY_URL, platform.registryUrl());
    settings.put(ConfigKeys.STATE_DIR, plan.directory().resolve("state").toString());
    String token = AccessToken.fresh();
    settings.merge(
        ConfigKeys.HTTP_TOKENS,
        AccessToken.line(token, new Scope.Operator()),
        (given, ours) -> given + "," + ours);
    TokenmeterConfig config = TokenmeterConfig.of(settings);
    progress.accept("making topics and schemas, publishing the price books ...");
    try (TopicSetup topics = new TopicSetup(config)) {
      topics.create();
    }
    registerSchemas(config);
    publishBooks(config);
    progress.accept("starting measure and ledger ...");
    RunningStages stages = RunningStages.start(config, Stage.ALL);
    try {
      awaitRunning(stages);
    } catch (RuntimeException e) {
      stages.close();
      throw e;
    }
    return new LocalPlatform(platform, config, stages, token);
  }

  /** With the addresses that were found. */
  public TokenmeterConfig config() {
    return config;
  }

  RunningStages stages() {
    return stages;
  }

  /** An operator's, made for this run. */
  String token() {
    return token;
  }

  /** So that a consumer finds every schema before the first record of its topic. */
  private static void registerSchemas(TokenmeterConfig config) {
    TopicPrefix prefix = new TopicPrefix(config.topicPrefix());
    SchemaRegistryClient registry = SchemaRegistryClient.of(config.serializers());
    for (Topics topic : Topics.values()) {
      if (topic.value().isPresent()) {
        Class<? extends SpecificRecord> type = topic.value().get();
        registry.register(topic.name(prefix) + "-value", SpecificData.get().getSchema(type));
      }
    }
  }

  /** Publishes the books that come with the project; what is there already stays as it is. */
  private static void publishBooks(TokenmeterConfig config) {
    PublishedPrices published = PublishedPrices.read(config);
    try (Publisher publisher = new Publisher(config)) {
      Instant now = Instant.now();
      for (String name : ShippedBooks.NAMES) {
        if (published.book(name).isEmpty()) {
          List<ModelPrices> models = ShippedBooks.read(name).prices(now);
          for (ModelPrices model : models) {
            publisher.send(
                Topics.CATALOG_PRICES,
                PriceCodec.key(model.book(), model.model()),
                PriceCodec.encode(model));
          }
        }
      }
      publisher.flush();
    }
  }

  private static void awaitRunning(RunningStages stages) {
    long deadline = System.nanoTime() + STARTING.toNanos();
    try {
      while (!stages.isRunning()) {
        if (stages.hasFailed() || System.nanoTime() - deadline > 0) {
          throw CommandException.unreachable(
              "the applications didn't start within " + Durations.show(STARTING));
        }
        Thread.sleep(LOOK.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.unreachable("interrupted while starting");
    }
  }

  @Override
  public void close() {
    try {
      stages.close();
    } finally {
      platform.close();
    }
  }
}
