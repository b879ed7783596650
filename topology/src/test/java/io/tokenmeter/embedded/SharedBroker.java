package io.tokenmeter.embedded;

import io.tokenmeter.topics.TopicPrefix;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * The broker and the registry that all integration tests of a run share: started when the first
 * test class with {@code @ExtendWith(SharedBroker.class)} begins, stopped when the run ends. Test
 * classes keep apart by {@link #prefix}.
 *
 * <p>The broker is embedded, or with {@code -Dtokenmeter.test.broker=container} (the profile {@code
 * containers}) Kafka's own image. Where that can't run, its tests are skipped.
 */
public final class SharedBroker implements BeforeAllCallback, ExecutionCondition {
  private static final boolean CONTAINER =
      "container".equals(System.getProperty("tokenmeter.test.broker"));
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final AtomicInteger PREFIXES = new AtomicInteger();
  private static volatile Running running;

  /** What JUnit closes when the run ends: what was started, then the directory. */
  private record Running(
      Path directory, String bootstrapServers, String registryUrl, List<Runnable> stops)
      implements AutoCloseable {

    static Running start() {
      try {
        Path directory = Files.createTempDirectory("tokenmeter-it-");
        return CONTAINER ? inContainer(directory) : embedded(directory);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static Running embedded(Path directory) {
      EmbeddedPlatform platform =
          EmbeddedPlatform.start(
              directory,
              EmbeddedKafka.ANY_PORT,
              EmbeddedRegistry.ANY_PORT,
              EmbeddedPlatform.Schemas.FORGOTTEN);
      return new Running(
          directory, platform.bootstrapServers(), platform.registryUrl(), List.of(platform::close));
    }

    private static Running inContainer(Path directory) {
      ContainerBroker kafka = ContainerBroker.start();
      EmbeddedRegistry registry =
          EmbeddedRegistry.start(
              directory, EmbeddedRegistry.ANY_PORT, new RegistryStorage.Memory(), PATIENCE);
      return new Running(
          directory,
          kafka.bootstrapServers(),
          registry.url(),
          List.of(registry::close, kafka::close));
    }

    @Override
    public void close() throws IOException {
      SharedBroker.running = null;
      stops.forEach(Runnable::run);
      delete(directory);
    }
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return CONTAINER && !ContainerBroker.canStart()
        ? ConditionEvaluationResult.disabled(ContainerBroker.MISSING)
        : ConditionEvaluationResult.enabled("");
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    running =
        context
            .getRoot()
            .getStore(Namespace.create(SharedBroker.class))
            .getOrComputeIfAbsent(Running.class, type -> Running.start(), Running.class);
  }

  public static String bootstrapServers() {
    return started().bootstrapServers();
  }

  public static String registryUrl() {
    return started().registryUrl();
  }

  /** A prefix that no other call gives, to hold in a constant of the test class. */
  public static TopicPrefix prefix(Class<?> test) {
    String name = test.getSimpleName().toLowerCase(Locale.ROOT);
    return new TopicPrefix(name + "-" + PREFIXES.incrementAndGet() + ".");
  }

  private static Running started() {
    Running now = running;
    if (now == null) {
      throw new IllegalStateException(
          "No broker runs. Put @ExtendWith(SharedBroker.class) on the test class.");
    }
    return now;
  }

  private static void delete(Path directory) throws IOException {
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException failure)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
