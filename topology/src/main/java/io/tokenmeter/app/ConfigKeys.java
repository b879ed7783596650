package io.tokenmeter.app;

import io.tokenmeter.ingest.otlp.SpanMeter;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;

/**
 * Every setting there is, in the order in which the documentation shows them.
 *
 * <p>All are of type STRING here: a validator of ours says what is allowed in words, for the error
 * and for the documentation alike, where ConfigDef's own say "Not a number of type INT".
 */
final class ConfigKeys {
  static final String BOOTSTRAP_SERVERS = "bootstrap.servers";
  static final String SCHEMA_REGISTRY_URL = "schema.registry.url";
  static final String TOPIC_PREFIX = "topic.prefix";
  static final String APPLICATION_ID_PREFIX = "application.id.prefix";
  static final String STATE_DIR = "state.dir";
  static final String STATE_CACHE = "state.cache";
  static final String MEASURE_THREADS = "measure.threads";
  static final String COUNT_MEMO = "count.memo";
  static final String COUNT_ESTIMATES = "count.estimates";
  static final String COUNT_TOKENIZERS = "count.tokenizers";
  static final String LEDGER_THREADS = "ledger.threads";
  static final String STANDBY_REPLICAS = "standby.replicas";
  static final String PARTITIONS = "partitions";
  static final String REPLICATION_FACTOR = "replication.factor";
  static final String COMMIT_INTERVAL = "commit.interval";
  static final String TRANSACTION_TIMEOUT = "transaction.timeout";
  static final String SESSION_TIMEOUT = "session.timeout";
  static final String STARTUP_TIMEOUT = "startup.timeout";
  static final String GROUP_INSTANCE_ID = "group.instance.id";
  static final String DEDUPE_HORIZON = "dedupe.horizon";
  static final String ANSWER_WAIT = "answer.wait";
  static final String HOLD_EXPIRY = "hold.expiry";
  static final String WINDOWS_OPEN = "windows.open";
  static final String DEFAULT_BOOK = "default.book";
  static final String DEFAULT_UNIT = "default.unit";
  static final String DEFAULT_ZONE = "default.zone";
  static final String HTTP_LISTEN = "http.listen";
  static final String HTTP_ADVERTISED = "http.advertised";
  static final String HTTP_TOKENS = "http.tokens";
  static final String HTTP_TOKENS_FILE = "http.tokens.file";
  static final String HTTP_JWT_KEYS = "http.jwt.keys";
  static final String HTTP_JWT_ISSUER = "http.jwt.issuer";
  static final String HTTP_JWT_AUDIENCE = "http.jwt.audience";
  static final String HTTP_JWT_ORGANISATION_CLAIM = "http.jwt.organisation.claim";
  static final String HTTP_JWT_SCOPE_CLAIM = "http.jwt.scope.claim";
  static final String HTTP_JWT_OPERATOR_SCOPE = "http.jwt.operator.scope";
  static final String HTTP_JWT_GATEWAY_SCOPE = "http.jwt.gateway.scope";
  static final String HTTP_PEER_SECRET = "http.peer.secret";
  static final String HTTP_TLS_CERTIFICATE = "http.tls.certificate";
  static final String HTTP_TLS_KEY = "http.tls.key";
  static final String HTTP_TLS_TRUST = "http.tls.trust";
  static final String HTTP_METRICS = "http.metrics";
  static final String OTLP_ORGANISATION_ATTRIBUTE = "otlp.organisation.attribute";

  /** What is passed on as it is, without being looked at. */
  static final List<String> PASSED_ON = List.of("kafka.", "schema.registry.", "avro.");

  static final ConfigDef DEFINITION = new ConfigDef();

  static {
    key(
        BOOTSTRAP_SERVERS,
        "127.0.0.1:9092",
        Allowed.text("HOST:PORT, or several with commas between"),
        "Brokers of the Kafka cluster.");
    key(
        SCHEMA_REGISTRY_URL,
        "http://127.0.0.1:8081/apis/ccompat/v7",
        Allowed.urls(),
        "The Schema Registry, by default that of `up`. `schema.registry.*` and `avro.*` go to the serializers as they are.");
    key(
        TOPIC_PREFIX,
        "",
        Allowed.name("a prefix", 0, 100),
        "Put before the name of every topic, as in `staging.`.");
    key(
        APPLICATION_ID_PREFIX,
        "tokenmeter",
        Allowed.name("a name", 1, 100),
        "The two applications are `<prefix>-measure` and `<prefix>-ledger`.");
    key(
        STATE_DIR,
        "data/state",
        Allowed.text("a directory"),
        "Where the state stores live; keep it across restarts.");
    key(
        STATE_CACHE,
        "128MiB",
        Sizes.between("8MiB", "64GiB"),
        "Memory for all state stores of an instance together: blocks and write buffers.");
    key(
        MEASURE_THREADS,
        "2",
        Allowed.whole(1, 256),
        "Threads that read and count bodies; as many as there are cores for it.");
    key(
        COUNT_MEMO,
        "8MiB",
        Sizes.between("0MiB", "1GiB"),
        "Memory in which the token counts of messages are remembered, for each vocabulary in use; 32 bytes a message, none of its text. 0MiB remembers none.");
    key(
        COUNT_ESTIMATES,
        "",
        Allowed.any("a file, or empty for the built-in one"),
        "Ratios by which text is estimated for models without a public vocabulary; see docs/measuring.md.");
    key(
        COUNT_TOKENIZERS,
        "",
        Allowed.tokenizers(),
        "Vocabularies of your own, in the form of Hugging Face's tokenizer.json, as in `*llama-3*=llama.json`; see docs/measuring.md.");
    key(LEDGER_THREADS, "1", Allowed.whole(1, 256), "Threads that post to the ledger.");
    key(
        STANDBY_REPLICAS,
        "0",
        Allowed.whole(0, 3),
        "Copies of the ledger's state on other instances; 1 where there are several.");
    key(
        PARTITIONS,
        "0",
        Allowed.whole(0, 1000),
        "Partitions of the topics that `topics create` makes; 0 leaves each topic its own number.");
    key(
        REPLICATION_FACTOR,
        "-1",
        Allowed.replicas(),
        "Copies of each topic; -1 leaves it to the brokers' default.");
    key(
        COMMIT_INTERVAL,
        "100ms",
        Durations.between("10ms", "30s"),
        "How often the applications commit; the latency from raw to billed is about four of them.");
    key(
        TRANSACTION_TIMEOUT,
        "20s",
        Durations.between("10s", "15m"),
        "After how long the brokers abort the transaction of an instance that died.");
    key(
        SESSION_TIMEOUT,
        "10s",
        Durations.between("6s", "5m"),
        "After how long without a sign of life an instance's work goes to the others.");
    key(
        STARTUP_TIMEOUT,
        "60s",
        Durations.between("1s", "1h"),
        "How long `run` waits for the brokers, the registry and the topics.");
    key(
        GROUP_INSTANCE_ID,
        "",
        Allowed.name("a name or empty,", 0, 100),
        "A name that an instance keeps across restarts: what it works on waits for it for"
            + " `session.timeout` instead of moving away and back.");
    key(
        DEDUPE_HORIZON,
        "7d",
        Durations.between("1h", "365d"),
        "How long an id is remembered; what comes later is parked, never billed by itself.");
    key(
        ANSWER_WAIT,
        "15m",
        Durations.between("1s", "7d"),
        "How long the missing half of an exchange is waited for before that is noticed.");
    key(
        HOLD_EXPIRY,
        "15m",
        Durations.between("0s", "7d"),
        "How long an open exchange holds what it is expected to cost, at most `answer.wait`; `0s` holds nothing.");
    key(
        WINDOWS_OPEN,
        "1d",
        Durations.between("0s", "31d"),
        "How long after its end usage still counts in the window in which it occurred.");
    key(
        DEFAULT_BOOK,
        "gptbots",
        Allowed.text("the name of a price book"),
        "The price book of organisations that name none.");
    key(
        DEFAULT_UNIT,
        "credit",
        Allowed.text("the unit of the default book"),
        "What balances of the default book are in.");
    key(
        DEFAULT_ZONE,
        "UTC",
        Allowed.zone(),
        "The zone in which days and months begin for organisations that name none.");
    key(
        HTTP_LISTEN,
        "127.0.0.1:8080",
        Allowed.address(),
        "Where queries are answered; port 0 takes a free one.");
    key(
        HTTP_ADVERTISED,
        "",
        Allowed.addressOrEmpty(),
        "How other instances reach this one; empty means as in `http.listen`.");
    key(
        HTTP_TOKENS,
        "",
        Allowed.any("lines of `tokenmeter token` with commas between, or empty"),
        "Tokens that open the API, as hashes; without any, nothing but health is answered.");
    key(HTTP_TOKENS_FILE, "", Allowed.any("a file or empty"), "More of them, one a line.");
    key(
        HTTP_JWT_KEYS,
        "",
        Allowed.secureUrlOrEmpty(),
        "Key set (JWKS) of an identity provider whose signed tokens open the API too.");
    key(HTTP_JWT_ISSUER, "", Allowed.any("a text or empty"), "The `iss` of its tokens.");
    key(
        HTTP_JWT_AUDIENCE,
        "",
        Allowed.any("a text or empty"),
        "What its tokens must have among their `aud`.");
    key(
        HTTP_JWT_ORGANISATION_CLAIM,
        "org_id",
        Allowed.text("a claim's name"),
        "Which claim names the organisation that a token opens.");
    key(
        HTTP_JWT_SCOPE_CLAIM,
        "scope",
        Allowed.text("a claim's name"),
        "Which claim says what else a token opens.");
    key(
        HTTP_JWT_OPERATOR_SCOPE,
        "tokenmeter:operator",
        Allowed.text("a word"),
        "The word in it that makes an operator.");
    key(
        HTTP_JWT_GATEWAY_SCOPE,
        "tokenmeter:gateway",
        Allowed.text("a word"),
        "The word in it that makes a gateway: it may publish and read entitlements.");
    key(
        HTTP_PEER_SECRET,
        "",
        new SecretText(32),
        "What instances show each other when they pass a request on: the same for all of them.");
    key(
        HTTP_TLS_CERTIFICATE,
        "",
        Allowed.any("a PEM file or empty"),
        "Certificate chain; set, queries are answered by HTTPS alone.");
    key(HTTP_TLS_KEY, "", Allowed.any("a PEM file or empty"), "Its private key, not encrypted.");
    key(
        HTTP_TLS_TRUST,
        "",
        Allowed.any("a PEM file or empty"),
        "Authorities of the certificates of other instances; empty means those that Java trusts.");
    key(
        HTTP_METRICS,
        "token",
        Allowed.oneOf("token", "open"),
        "Who may read `/metrics`: operators, or whoever can reach the port.");
    key(
        OTLP_ORGANISATION_ATTRIBUTE,
        SpanMeter.ORGANISATION,
        Allowed.text("an attribute's name"),
        "Which attribute of a span or its resource says who pays, where spans are sent as usage.");
  }

  private ConfigKeys() {}

  private static void key(String name, String value, ConfigDef.Validator allowed, String meaning) {
    DEFINITION.define(
        name, ConfigDef.Type.STRING, value, allowed, ConfigDef.Importance.MEDIUM, meaning);
  }
}
