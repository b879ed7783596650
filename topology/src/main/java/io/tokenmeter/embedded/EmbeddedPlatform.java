package io.tokenmeter.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** An embedded broker and an embedded registry, started side by side. */
public final class EmbeddedPlatform implements AutoCloseable {
  /** What becomes of the registry's schemas when it stops. */
  public enum Schemas {
    /** They are forgotten; the registry is up sooner. */
    FORGOTTEN,
    /** They stay in the broker's topics, with their ids. */
    KEPT,
  }

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final EmbeddedKafka kafka;
  private final EmbeddedRegistry registry;

  private EmbeddedPlatform(EmbeddedKafka kafka, EmbeddedRegistry registry) {
    this.kafka = kafka;
    this.registry = registry;
  }

  /**
   * Starts both and waits until both serve.
   *
   * @param directory for all that they keep; see {@link EmbeddedKafka#start}
   * @param brokerPort {@link EmbeddedKafka#ANY_PORT} for any
   * @param registryPort {@link EmbeddedRegistry#ANY_PORT} for any
   * @throws EmbeddedFailure when either can't start; neither runs then
   */
  public static EmbeddedPlatform start(
      Path directory, int brokerPort, int registryPort, Schemas schemas) {
    int port = EmbeddedKafka.choose(brokerPort);
    RegistryStorage storage =
        switch (schemas) {
          case FORGOTTEN -> new RegistryStorage.Memory();
          case KEPT -> new RegistryStorage.Topics("127.0.0.1:" + port);
        };
    EmbeddedRegistry registry =
        EmbeddedRegistry.launch(directory.resolve("registry"), registryPort, storage);
    EmbeddedKafka kafka;
    try {
      kafka = EmbeddedKafka.startOn(directory.resolve("kafka"), port, Map.of());
    } catch (RuntimeException e) {
      registry.close();
      throw e;
    }
    try {
      registry.await(PATIENCE);
    } catch (RuntimeException e) {
      kafka.close();
      throw e;
    }
    return new EmbeddedPlatform(kafka, registry);
  }

  /** For {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  /** For {@code schema.registry.url}. */
  public String registryUrl() {
    return registry.url();
  }

  /** Stops both, the registry first, and waits for them. */
  @Override
  public void close() {
    try {
      registry.close();
    } finally {
      kafka.close();
    }
  }
}
