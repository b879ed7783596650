package io.tokenmeter.connect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.connect.sink.SinkConnector;

/** The real connector, loaded as Connect loads a plugin: from a folder of jars of its own. */
final class PostgresqlSink implements AutoCloseable {
  private static final Path FOLDER = Path.of("target/postgresql-sink");

  private final ClassLoader before = Thread.currentThread().getContextClassLoader();
  private final URLClassLoader loader;
  private final SinkConnector connector;

  private PostgresqlSink(URLClassLoader loader) {
    this.loader = loader;
    Thread.currentThread().setContextClassLoader(loader);
    try {
      connector =
          loader
              .loadClass("io.debezium.connector.jdbc.JdbcSinkConnector")
              .asSubclass(SinkConnector.class)
              .getConstructor()
              .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("the connector in " + FOLDER + " can't be loaded", e);
    }
  }

  static PostgresqlSink open() {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      URL[] jars =
          files
              .filter(file -> file.toString().endsWith(".jar"))
              .map(PostgresqlSink::url)
              .toArray(URL[]::new);
      return new PostgresqlSink(new URLClassLoader(jars, PostgresqlSink.class.getClassLoader()));
    } catch (IOException e) {
      throw new UncheckedIOException("no connector in " + FOLDER + "; build with Maven", e);
    }
  }

  /** The names of its settings. */
  Set<String> keys() {
    return connector.config().names();
  }

  /** What its task would say before it refused to start; Connect's own check asks less. */
  List<String> complaints(Map<String, String> config) {
    List<String> complaints = new ArrayList<>();
    try {
      Class<?> type = loader.loadClass("io.debezium.connector.jdbc.JdbcSinkConnectorConfig");
      Object settings = type.getConstructor(Map.class).newInstance(config);
      Consumer<String> listener = complaints::add;
      type.getMethod("validateAndRecord", Iterable.class, Consumer.class)
          .invoke(settings, type.getField("ALL_FIELDS").get(null), listener);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("the connector in " + FOLDER + " checks in another way now", e);
    }
    return complaints;
  }

  @Override
  public void close() {
    Thread.currentThread().setContextClassLoader(before);
    try {
      loader.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the connector's jars can't be closed", e);
    }
  }

  static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(jar + " is no URL", e);
    }
  }
}
