package io.tokenmeter.serde;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/**
 * How to reach the registry. Equal settings share one client. Never prints a credential.
 *
 * @param endpoints in the order in which they are asked; at least one
 * @param tls Kafka's {@code ssl.*} settings; empty for the platform's trust
 * @param maxRetries rounds over all endpoints after the first
 * @param waitMs before the first retry, doubled for each next
 * @param maxWaitMs the longest wait
 * @param missingSeconds how long an unknown id is not asked for again
 */
record RegistrySettings(
    List<Endpoint> endpoints,
    Map<String, String> tls,
    int connectTimeoutMs,
    int readTimeoutMs,
    int maxRetries,
    int waitMs,
    int maxWaitMs,
    long missingSeconds,
    boolean normalize,
    boolean removeJavaProperties) {

  /**
   * One registry.
   *
   * @param base without user info, query and trailing slash
   * @param authorization the header's value; empty for none
   */
  record Endpoint(URI base, Optional<String> authorization) {
    @Override
    public String toString() {
      return base.toString();
    }
  }

  RegistrySettings {
    endpoints = List.copyOf(endpoints);
    tls = Map.copyOf(tls);
  }

  static RegistrySettings of(Map<String, ?> configs) {
    Map<String, Object> values = SerdeConfig.parse(configs);
    return new RegistrySettings(
        endpoints(values),
        tls(configs),
        (int) values.get(SerdeConfig.CONNECT_TIMEOUT_MS),
        (int) values.get(SerdeConfig.READ_TIMEOUT_MS),
        (int) values.get(SerdeConfig.MAX_RETRIES),
        (int) values.get(SerdeConfig.RETRIES_WAIT_MS),
        (int) values.get(SerdeConfig.RETRIES_MAX_WAIT_MS),
        (long) values.get(SerdeConfig.MISSING_ID_CACHE_SECONDS),
        (boolean) values.get(SerdeConfig.NORMALIZE),
        (boolean) values.get(SerdeConfig.REMOVE_JAVA_PROPERTIES));
  }

  private static List<Endpoint> endpoints(Map<String, Object> values) {
    String token = secret(values, SerdeConfig.BEARER_AUTH_TOKEN);
    boolean inUrl = SerdeConfig.IN_URL.equals(values.get(SerdeConfig.BASIC_AUTH_SOURCE));
    String userInfo = inUrl ? "" : secret(values, SerdeConfig.BASIC_AUTH_USER_INFO);
    if (!inUrl && userInfo.isEmpty()) {
      throw new ConfigException(
          "basic.auth.credentials.source is USER_INFO, but basic.auth.user.info is empty. Set it to"
              + " user:password.");
    }
    List<Endpoint> endpoints = new ArrayList<>();
    for (Object url : (List<?>) values.get(SerdeConfig.URL)) {
      URI uri = uri(url.toString());
      String fromUrl = uri.getUserInfo() == null ? "" : uri.getUserInfo();
      endpoints.add(new Endpoint(base(uri), authorization(token, inUrl ? fromUrl : userInfo)));
    }
    return endpoints;
  }

  private static Optional<String> authorization(String token, String userInfo) {
    if (!token.isEmpty() && !userInfo.isEmpty()) {
      throw new ConfigException(
          "Both a bearer token and a user with password are set for the registry. Set one.");
    }
    if (!token.isEmpty()) {
      return Optional.of("Bearer " + token);
    }
    if (userInfo.isEmpty()) {
      return Optional.empty();
    }
    byte[] bytes = userInfo.getBytes(StandardCharsets.UTF_8);
    return Optional.of("Basic " + Base64.getEncoder().encodeToString(bytes));
  }

  /** The message names no more of a broken URL than that it is broken: it may hold a password. */
  private static URI uri(String url) {
    URI uri;
    try {
      uri = URI.create(url.trim());
    } catch (IllegalArgumentException e) {
      throw notAUrl();
    }
    boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!http || uri.getHost() == null) {
      throw notAUrl();
    }
    return uri;
  }

  private static ConfigException notAUrl() {
    return new ConfigException(
        SerdeConfig.URL
            + " holds something that is not an http or https URL with a host. Write it like"
            + " http://registry:8081, several separated by commas.");
  }

  private static URI base(URI uri) {
    String path = uri.getRawPath().replaceAll("/+$", "");
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return URI.create(uri.getScheme() + "://" + uri.getHost() + port + path);
  }

  private static String secret(Map<String, Object> values, String key) {
    return ((Password) values.get(key)).value();
  }

  private static Map<String, String> tls(Map<String, ?> configs) {
    Map<String, String> tls = new TreeMap<>();
    configs.forEach(
        (key, value) -> {
          if (key.startsWith(SerdeConfig.SSL_PREFIX) && value != null) {
            String text = value instanceof Password secret ? secret.value() : value.toString();
            tls.put(key.substring(SerdeConfig.CLIENT_PREFIX.length()), text);
          }
        });
    return tls;
  }

  @Override
  public String toString() {
    return "RegistrySettings" + endpoints;
  }
}
