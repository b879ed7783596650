package io.tokenmeter.serde;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;

/**
 * The configuration keys of the serializer and the deserializer, named and meant as Confluent's
 * (kafka-avro-serializer 7.9). Three defaults differ, on purpose: {@link #REMOVE_JAVA_PROPERTIES}
 * is on, so that what is registered equals the published {@code .avsc} files; the timeouts and
 * waits are shorter, because a stream thread waits for them; and an id that the registry doesn't
 * know is remembered for ten seconds, so that a flood of bad records is no flood of requests.
 *
 * <p>Keys of the registry's client ({@code basic.auth.*}, {@code bearer.auth.*}, timeouts and
 * retries) may also carry the prefix {@code schema.registry.}; a prefixed value wins. {@code
 * schema.registry.ssl.*} takes what Kafka's own {@code ssl.*} takes for a client, PEM included.
 */
public final class SerdeConfig {
  public static final String URL = "schema.registry.url";
  public static final String BASIC_AUTH_SOURCE = "basic.auth.credentials.source";
  public static final String BASIC_AUTH_USER_INFO = "basic.auth.user.info";
  public static final String BEARER_AUTH_SOURCE = "bearer.auth.credentials.source";
  public static final String BEARER_AUTH_TOKEN = "bearer.auth.token";
  public static final String CONNECT_TIMEOUT_MS = "http.connect.timeout.ms";
  public static final String READ_TIMEOUT_MS = "http.read.timeout.ms";
  public static final String MAX_RETRIES = "max.retries";
  public static final String RETRIES_WAIT_MS = "retries.wait.ms";
  public static final String RETRIES_MAX_WAIT_MS = "retries.max.wait.ms";
  public static final String MISSING_ID_CACHE_SECONDS = "missing.id.cache.ttl.sec";
  public static final String SSL_PREFIX = "schema.registry.ssl.";

  public static final String AUTO_REGISTER = "auto.register.schemas";
  public static final String USE_LATEST = "use.latest.version";
  public static final String NORMALIZE = "normalize.schemas";
  public static final String REMOVE_JAVA_PROPERTIES = "avro.remove.java.properties";
  public static final String KEY_SUBJECT_NAMES = "key.subject.name.strategy";
  public static final String VALUE_SUBJECT_NAMES = "value.subject.name.strategy";

  public static final String SPECIFIC_READER = "specific.avro.reader";
  public static final String SPECIFIC_KEY_TYPE = "specific.avro.key.type";
  public static final String SPECIFIC_VALUE_TYPE = "specific.avro.value.type";
  public static final String LOGICAL_TYPES = "avro.use.logical.type.converters";

  /** Which serializer {@link RecordSerde} uses; ours by default. */
  public static final String SERIALIZER_CLASS = "avro.serializer.class";

  /** Which deserializer {@link RecordSerde} uses; ours by default. */
  public static final String DESERIALIZER_CLASS = "avro.deserializer.class";

  static final String CLIENT_PREFIX = "schema.registry.";
  static final String USER_INFO = "USER_INFO";
  static final String IN_URL = "URL";
  static final String STATIC_TOKEN = "STATIC_TOKEN";

  private static final List<String> CLIENT_KEYS =
      List.of(
          BASIC_AUTH_SOURCE,
          BASIC_AUTH_USER_INFO,
          BEARER_AUTH_SOURCE,
          BEARER_AUTH_TOKEN,
          CONNECT_TIMEOUT_MS,
          READ_TIMEOUT_MS,
          MAX_RETRIES,
          RETRIES_WAIT_MS,
          RETRIES_MAX_WAIT_MS,
          MISSING_ID_CACHE_SECONDS);

  private static final ConfigDef DEFINITION = registryKeys(recordKeys(new ConfigDef()));

  private SerdeConfig() {}

  /** Every key with its type, default and meaning; {@code toHtml} and the like print it. */
  public static ConfigDef definition() {
    return new ConfigDef(DEFINITION);
  }

  /**
   * The values of all keys, defaults filled in; keys of others are left out.
   *
   * @throws org.apache.kafka.common.config.ConfigException when a value has the wrong type or range
   */
  static Map<String, Object> parse(Map<String, ?> configs) {
    Map<String, Object> merged = new HashMap<>(configs);
    for (String key : CLIENT_KEYS) {
      Object prefixed = configs.get(CLIENT_PREFIX + key);
      if (prefixed != null) {
        merged.put(key, prefixed);
      }
    }
    return DEFINITION.parse(merged);
  }

  private static ConfigDef registryKeys(ConfigDef keys) {
    return keys.define(
            URL,
            ConfigDef.Type.LIST,
            ConfigDef.NO_DEFAULT_VALUE,
            ConfigDef.ValidList.anyNonDuplicateValues(false, false),
            Importance.HIGH,
            "The registry's URLs, separated by commas; the next is asked when one doesn't answer.")
        .define(
            BASIC_AUTH_SOURCE,
            ConfigDef.Type.STRING,
            IN_URL,
            ConfigDef.ValidString.in(IN_URL, USER_INFO),
            Importance.MEDIUM,
            "Where user and password stand: URL (http://user:password@host) or USER_INFO.")
        .define(
            BASIC_AUTH_USER_INFO,
            ConfigDef.Type.PASSWORD,
            "",
            Importance.MEDIUM,
            "user:password, where the source is USER_INFO.")
        .define(
            BEARER_AUTH_SOURCE,
            ConfigDef.Type.STRING,
            STATIC_TOKEN,
            ConfigDef.ValidString.in(STATIC_TOKEN),
            Importance.LOW,
            "Where the bearer token comes from: STATIC_TOKEN.")
        .define(
            BEARER_AUTH_TOKEN,
            ConfigDef.Type.PASSWORD,
            "",
            Importance.MEDIUM,
            "The token to send as Authorization: Bearer; empty for none.")
        .define(
            CONNECT_TIMEOUT_MS,
            ConfigDef.Type.INT,
            5_000,
            Range.atLeast(1),
            Importance.LOW,
            "How long a connection may take.")
        .define(
            READ_TIMEOUT_MS,
            ConfigDef.Type.INT,
            10_000,
            Range.atLeast(1),
            Importance.LOW,
            "How long an answer may take.")
        .define(
            MAX_RETRIES,
            ConfigDef.Type.INT,
            4,
            Range.between(0, 100),
            Importance.LOW,
            "How often all URLs are asked again when none answered.")
        .define(
            RETRIES_WAIT_MS,
            ConfigDef.Type.INT,
            200,
            Range.atLeast(0),
            Importance.LOW,
            "The wait before the first of these; each next one waits twice as long.")
        .define(
            RETRIES_MAX_WAIT_MS,
            ConfigDef.Type.INT,
            2_000,
            Range.atLeast(0),
            Importance.LOW,
            "The longest of these waits.")
        .define(
            MISSING_ID_CACHE_SECONDS,
            ConfigDef.Type.LONG,
            10L,
            Range.between(0, 86_400),
            Importance.LOW,
            "How long an id that the registry doesn't know is not asked for again.");
  }

  private static ConfigDef recordKeys(ConfigDef keys) {
    return keys.define(
            AUTO_REGISTER,
            ConfigDef.Type.BOOLEAN,
            true,
            Importance.MEDIUM,
            "Register a schema when it is first written; else it must be registered already.")
        .define(
            USE_LATEST,
            ConfigDef.Type.BOOLEAN,
            false,
            Importance.LOW,
            "Without auto.register.schemas: write under the subject's latest version, which must"
                + " encode the same.")
        .define(
            NORMALIZE,
            ConfigDef.Type.BOOLEAN,
            false,
            Importance.LOW,
            "Ask the registry to ignore differences in order and layout between schemas.")
        .define(
            REMOVE_JAVA_PROPERTIES,
            ConfigDef.Type.BOOLEAN,
            true,
            Importance.LOW,
            "Register schemas without avro.java.string, as the .avsc files have them.")
        .define(
            KEY_SUBJECT_NAMES,
            ConfigDef.Type.STRING,
            "TopicNameStrategy",
            Importance.MEDIUM,
            "How a key's subject is named: TopicNameStrategy, RecordNameStrategy or"
                + " TopicRecordNameStrategy.")
        .define(
            VALUE_SUBJECT_NAMES,
            ConfigDef.Type.STRING,
            "TopicNameStrategy",
            Importance.MEDIUM,
            "How a value's subject is named.")
        .define(
            SPECIFIC_READER,
            ConfigDef.Type.BOOLEAN,
            false,
            Importance.MEDIUM,
            "Read into the generated class of the record's name where there is one.")
        .define(
            SPECIFIC_KEY_TYPE,
            ConfigDef.Type.CLASS,
            null,
            Importance.LOW,
            "The generated class that every key is; any other type is refused.")
        .define(
            SPECIFIC_VALUE_TYPE,
            ConfigDef.Type.CLASS,
            null,
            Importance.LOW,
            "The generated class that every value is; any other type is refused.")
        .define(
            LOGICAL_TYPES,
            ConfigDef.Type.BOOLEAN,
            false,
            Importance.LOW,
            "Give decimals and instants of generic records as such, not as bytes and longs.")
        .define(
            SERIALIZER_CLASS,
            ConfigDef.Type.CLASS,
            TokenmeterAvroSerializer.class,
            Importance.LOW,
            "The serializer to use, as io.confluent.kafka.serializers.KafkaAvroSerializer.")
        .define(
            DESERIALIZER_CLASS,
            ConfigDef.Type.CLASS,
            TokenmeterAvroDeserializer.class,
            Importance.LOW,
            "The deserializer to use, as io.confluent.kafka.serializers.KafkaAvroDeserializer.");
  }
}
