package io.tokenmeter.interop;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * Confluent's real serializer and deserializer, with the Kafka and Avro that they come with, in a
 * class loader that sees nothing of ours. Only the JDK's types cross over.
 */
final class ConfluentSide implements AutoCloseable {
  private static final String PACKAGE = "io.confluent.kafka.serializers.";

  private final URLClassLoader loader;
  private final Object serializer;
  private final Object deserializer;

  ConfluentSide(String registryUrl) throws Exception {
    loader = new URLClassLoader(new URL[] {jar()}, ClassLoader.getPlatformClassLoader());
    Map<String, Object> config =
        Map.of("schema.registry.url", registryUrl, "avro.use.logical.type.converters", true);
    serializer = configured(PACKAGE + "KafkaAvroSerializer", config);
    deserializer = configured(PACKAGE + "KafkaAvroDeserializer", config);
  }

  /** The jar that the build puts beside the test classes. */
  static URL jar() throws IOException {
    Path directory = Path.of(System.getProperty("tokenmeter.root"), "topology/target/interop");
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.toString().endsWith(".jar"))
          .findFirst()
          .orElseThrow()
          .toUri()
          .toURL();
    }
  }

  String kafkaVersion() throws Exception {
    return inside(
        () ->
            (String)
                loader
                    .loadClass("org.apache.kafka.common.utils.AppInfoParser")
                    .getMethod("getVersion")
                    .invoke(null));
  }

  /** Writes a flat record: enums as their symbols' names. */
  byte[] write(String topic, String schemaJson, Map<String, Object> fields) throws Exception {
    return inside(
        () -> {
          Object schema = parse(schemaJson);
          Object record =
              loader
                  .loadClass("org.apache.avro.generic.GenericData$Record")
                  .getConstructor(schemaType())
                  .newInstance(schema);
          for (Map.Entry<String, Object> field : fields.entrySet()) {
            Object value = field.getValue();
            record
                .getClass()
                .getMethod("put", String.class, Object.class)
                .invoke(record, field.getKey(), value instanceof Enum<?> e ? symbol(e) : value);
          }
          return serialize(topic, record);
        });
  }

  private Object parse(String schemaJson) throws ReflectiveOperationException {
    Class<?> parser = loader.loadClass("org.apache.avro.Schema$Parser");
    return parser
        .getMethod("parse", String.class)
        .invoke(parser.getConstructor().newInstance(), schemaJson);
  }

  private Class<?> schemaType() throws ClassNotFoundException {
    return loader.loadClass("org.apache.avro.Schema");
  }

  private Object symbol(Enum<?> value) throws ReflectiveOperationException {
    Object schema =
        parse(
            "{\"type\":\"enum\",\"name\":\""
                + value.getDeclaringClass().getName()
                + "\",\"symbols\":[\""
                + value.name()
                + "\"]}");
    return loader
        .loadClass("org.apache.avro.generic.GenericData$EnumSymbol")
        .getConstructor(schemaType(), Object.class)
        .newInstance(schema, value.name());
  }

  /** Reads a record and gives its fields; strings and symbols as text. */
  Map<String, Object> read(String topic, byte[] bytes) throws Exception {
    return inside(
        () -> {
          Object record = deserialize(topic, bytes);
          Object schema = record.getClass().getMethod("getSchema").invoke(record);
          List<?> fields = (List<?>) schemaType().getMethod("getFields").invoke(schema);
          Map<String, Object> values = new LinkedHashMap<>();
          for (Object field : fields) {
            String name = (String) field.getClass().getMethod("name").invoke(field);
            Object value = record.getClass().getMethod("get", String.class).invoke(record, name);
            values.put(name, plain(value));
          }
          return values;
        });
  }

  private static Object plain(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> copy = new HashMap<>();
      map.forEach((key, item) -> copy.put(key.toString(), plain(item)));
      return copy;
    }
    boolean avro = value != null && value.getClass().getName().startsWith("org.apache.avro.");
    return avro ? value.toString() : value;
  }

  /** Reads a record and writes what was read, whatever its shape. */
  byte[] readAndWrite(String topic, byte[] bytes) throws Exception {
    return inside(() -> serialize(topic, deserialize(topic, bytes)));
  }

  private byte[] serialize(String topic, Object record) throws ReflectiveOperationException {
    return (byte[])
        serializer
            .getClass()
            .getMethod("serialize", String.class, Object.class)
            .invoke(serializer, topic, record);
  }

  private Object deserialize(String topic, byte[] bytes) throws ReflectiveOperationException {
    return deserializer
        .getClass()
        .getMethod("deserialize", String.class, byte[].class)
        .invoke(deserializer, topic, bytes);
  }

  private Object configured(String type, Map<String, Object> config) throws Exception {
    return inside(
        () -> {
          Object made = loader.loadClass(type).getConstructor().newInstance();
          made.getClass()
              .getMethod("configure", Map.class, boolean.class)
              .invoke(made, config, false);
          return made;
        });
  }

  private <T> T inside(Callable<T> work) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return work.call();
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("Confluent's side failed", e.getCause());
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Override
  public void close() throws IOException {
    loader.close();
  }
}
