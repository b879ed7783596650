package io.tokenmeter.embedded;

import io.tokenmeter.topics.TopicPrefix;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * The broker and the registry that all integration tests of a run share: started when the first
 * test class with {@code @ExtendWith(SharedBroker.class)} begins, stopped when the run ends. Test
 * classes keep apart by {@link #prefix}.
 */
public final class SharedBroker implements BeforeAllCallback {
  private static final AtomicInteger PREFIXES = new AtomicInteger();
  private static volatile Running running;

  /** What JUnit closes when the run ends. */
  private static final class Running implements AutoCloseable {
    private final Path directory;
    private final EmbeddedPlatform platform;

    Running() {
      try {
        directory = Files.createTempDirectory("tokenmeter-it-");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      platform =
          EmbeddedPlatform.start(
              directory,
              EmbeddedKafka.ANY_PORT,
              EmbeddedRegistry.ANY_PORT,
              EmbeddedPlatform.Schemas.FORGOTTEN);
    }

    @Override
    public void close() throws IOException {
      running = null;
      platform.close();
      delete(directory);
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    running =
        context
            .getRoot()
            .getStore(Namespace.create(SharedBroker.class))
            .getOrComputeIfAbsent(Running.class, type -> new Running(), Running.class);
  }

  public static String bootstrapServers() {
    return platform().bootstrapServers();
  }

  public static String registryUrl() {
    return platform().registryUrl();
  }

  /** A prefix that no other call gives, to hold in a constant of the test class. */
  public static TopicPrefix prefix(Class<?> test) {
    String name = test.getSimpleName().toLowerCase(Locale.ROOT);
    return new TopicPrefix(name + "-" + PREFIXES.incrementAndGet() + ".");
  }

  private static EmbeddedPlatform platform() {
    Running now = running;
    if (now == null) {
      throw new IllegalStateException(
          "No broker runs. Put @ExtendWith(SharedBroker.class) on the test class.");
    }
    return now.platform;
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
