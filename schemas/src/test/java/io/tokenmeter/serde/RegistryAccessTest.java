package io.tokenmeter.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenmeter.schema.UsageRecord;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RegistryAccessTest {
  private RegistryInProcess registry;

  @BeforeEach
  void start() throws IOException {
    registry = new RegistryInProcess();
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  private String authorization(Map<String, ?> more) {
    Map<String, Object> config = new HashMap<>();
    config.put(SerdeConfig.URL, registry.url());
    config.putAll(more);
    RecordSerde.ofValue(UsageRecord.class, config)
        .serializer()
        .serialize("t", Records.usage("u-1"));
    return registry.requests.get(0).authorization();
  }

  @Test
  void nothingIsSentWithoutCredentials() {
    assertThat(authorization(Map.of())).isEmpty();
  }

  @Test
  void userInfoIsSentAsBasic() {
    assertThat(
            authorization(
                Map.of(
                    "basic.auth.credentials.source", "USER_INFO",
                    "basic.auth.user.info", "ann:s3cret")))
        .isEqualTo("Basic YW5uOnMzY3JldA==");
  }

  @Test
  void prefixedKeysWin() {
    assertThat(
            authorization(
                Map.of(
                    "basic.auth.credentials.source", "USER_INFO",
                    "basic.auth.user.info", "bob:other",
                    "schema.registry.basic.auth.user.info", "ann:s3cret")))
        .isEqualTo("Basic YW5uOnMzY3JldA==");
  }

  @Test
  void userInfoOfAUrlIsSentAsBasicAndShownNowhere() {
    String url = "http://ann:s3cret@" + registry.host();
    assertThat(authorization(Map.of(SerdeConfig.URL, url))).isEqualTo("Basic YW5uOnMzY3JldA==");
    assertThat(RegistrySettings.of(Map.of(SerdeConfig.URL, url)))
        .hasToString("RegistrySettings[" + registry.url() + "]");
    registry.close();
    assertThatThrownBy(() -> authorization(Map.of(SerdeConfig.URL, url, "max.retries", 0)))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void aTokenIsSentAsBearer() {
    assertThat(authorization(Map.of("bearer.auth.token", "t0ken"))).isEqualTo("Bearer t0ken");
  }

  @Test
  void contradictoryOrBrokenSettingsAreRefused() {
    assertThatThrownBy(() -> RegistrySettings.of(Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("schema.registry.url");
    assertThatThrownBy(() -> authorization(Map.of("basic.auth.credentials.source", "USER_INFO")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("basic.auth.user.info is empty. Set it to user:password.");
    assertThatThrownBy(() -> authorization(Map.of("basic.auth.credentials.source", "SASL_INHERIT")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("URL, USER_INFO");
    assertThatThrownBy(
            () ->
                authorization(
                    Map.of(
                        "basic.auth.credentials.source", "USER_INFO",
                        "basic.auth.user.info", "ann:s3cret",
                        "bearer.auth.token", "t0ken")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("Both a bearer token and a user")
        .hasMessageNotContaining("s3cret");
    for (String url : new String[] {"registry:8081", "ftp://ann:s3cret@host", "http://a b"}) {
      assertThatThrownBy(() -> authorization(Map.of(SerdeConfig.URL, url)))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("not an http or https URL")
          .hasMessageNotContaining("s3cret");
    }
    assertThatThrownBy(
            () ->
                authorization(Map.of("schema.registry.ssl.endpoint.identification.algorithm", "")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("the registry's host name is always checked");
  }

  @Test
  void aPathAndATrailingSlashAreKeptAndDropped() {
    assertThat(
            RegistrySettings.of(Map.of(SerdeConfig.URL, "http://a:1/apis/ccompat/v7/, https://b"))
                .endpoints())
        .extracting(endpoint -> endpoint.base().toString())
        .containsExactly("http://a:1/apis/ccompat/v7", "https://b");
  }

  @Test
  void equalSettingsShareOneClient() {
    Map<String, Object> config = Map.of(SerdeConfig.URL, registry.url());
    assertThat(SchemaRegistryClient.of(config)).isSameAs(SchemaRegistryClient.of(config));
    assertThat(SchemaRegistryClient.of(Map.of(SerdeConfig.URL, registry.url(), "max.retries", 9)))
        .isNotSameAs(SchemaRegistryClient.of(config));
  }
}
