package io.tokenmeter.serde;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A schema registry over its REST API. What it answered once is remembered for good: an id's schema
 * and a schema's id under a subject never change. Safe for many threads; clients of equal settings
 * are one client.
 *
 * <p>Every method may throw {@link RegistryUnavailableException} and {@link
 * RegistryRefusedException}.
 */
public final class SchemaRegistryClient {
  /**
   * The newest version of a subject.
   *
   * @param id the schema's
   */
  public record Latest(int id, Schema schema) {}

  private record Registered(String subject, Schema schema) {}

  private static final Map<RegistrySettings, SchemaRegistryClient> SHARED =
      new ConcurrentHashMap<>();
  private static final int SECOND_LOOKS = 2;

  private final RegistrySettings settings;
  private final RegistryHttp http;
  private final SchemaText text;
  private final MissingIds missing;
  private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
  private final Map<Registered, Integer> registered = new ConcurrentHashMap<>();
  private final Map<Registered, Integer> lookedUp = new ConcurrentHashMap<>();

  SchemaRegistryClient(RegistrySettings settings) {
    this.settings = settings;
    this.http = new RegistryHttp(settings);
    this.text = new SchemaText(http);
    this.missing =
        new MissingIds(TimeUnit.SECONDS.toNanos(settings.missingSeconds()), System::nanoTime);
  }

  /**
   * The client for a configuration, see {@link SerdeConfig}.
   *
   * @throws org.apache.kafka.common.config.ConfigException when a value is missing or wrong
   */
  public static SchemaRegistryClient of(Map<String, ?> configs) {
    return SHARED.computeIfAbsent(RegistrySettings.of(configs), SchemaRegistryClient::new);
  }

  /** Registers a schema under a subject, if it isn't yet, and tells its id. */
  public int register(String subject, Schema schema) {
    return registered.computeIfAbsent(
        new Registered(subject, schema),
        key ->
            http.post(path("/subjects/" + encoded(subject) + "/versions"), body(schema))
                .map(SchemaRegistryClient::id)
                .orElseThrow(
                    () -> new RegistryRefusedException("The registry has no subject " + subject)));
  }

  /** The id of a schema that is registered under a subject; empty when it isn't. */
  public Optional<Integer> idOf(String subject, Schema schema) {
    Registered key = new Registered(subject, schema);
    Integer known = lookedUp.get(key);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Integer> id =
        http.post(path("/subjects/" + encoded(subject)), body(schema))
            .map(SchemaRegistryClient::id);
    id.ifPresent(found -> lookedUp.put(key, found));
    return id;
  }

  /** The newest version of a subject, asked for anew each time; empty when there is none. */
  public Optional<Latest> latest(String subject) {
    return http.ask("/subjects/" + encoded(subject) + "/versions/latest")
        .map(answer -> new Latest(id(answer), text.parse(answer)));
  }

  /**
   * The schema of an id; empty when the registry doesn't know it. Threads that ask for the same new
   * id wait for one answer.
   *
   * @throws UnreadableRecordException when it is no Avro schema
   */
  public Optional<Schema> schema(int id) {
    Schema known = schemas.get(id);
    return Optional.ofNullable(known != null ? known : schemas.computeIfAbsent(id, this::fetch));
  }

  private @Nullable Schema fetch(int id) {
    if (missing.contains(id)) {
      return null;
    }
    Optional<Schema> found = ask(id);
    boolean again = found.isEmpty() && missing.maySecondLook();
    for (int look = 0; again && found.isEmpty() && look < SECOND_LOOKS; look++) {
      Pause.of((long) settings.waitMs() << look);
      found = ask(id);
    }
    if (found.isEmpty()) {
      missing.add(id);
    }
    return found.orElse(null);
  }

  private Optional<Schema> ask(int id) {
    return http.ask("/schemas/ids/" + id).map(text::parse);
  }

  private ObjectNode body(Schema schema) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("schema", SchemaText.of(schema, settings.removeJavaProperties()));
  }

  private String path(String path) {
    return settings.normalize() ? path + "?normalize=true" : path;
  }

  private static int id(JsonNode answer) {
    JsonNode id = answer.path("id");
    if (!id.canConvertToInt()) {
      throw new RegistryRefusedException(
          "The schema registry's answer has no id: is schema.registry.url a registry's?");
    }
    return id.intValue();
  }

  static String encoded(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
