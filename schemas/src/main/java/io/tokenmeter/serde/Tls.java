package io.tokenmeter.serde;

import java.util.Map;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/** Trust and key stores by the settings that Kafka's own clients take. */
final class Tls {
  private static final ConfigDef DEFINITION = definition();

  private Tls() {}

  /**
   * @param settings {@code ssl.*}
   * @throws ConfigException when the endpoint identification is switched off, which the JDK's HTTP
   *     client can't do for one client alone
   * @throws org.apache.kafka.common.KafkaException when a store can't be read
   */
  static SSLContext context(Map<String, String> settings) {
    String identification = settings.get(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG);
    if (identification != null && identification.isBlank()) {
      throw new ConfigException(
          SerdeConfig.CLIENT_PREFIX
              + SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG
              + " is empty, but the registry's host name is always checked. Remove it, and use a"
              + " certificate with the host's name.");
    }
    try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
      factory.configure(DEFINITION.parse(settings));
      return factory.sslContext();
    }
  }

  private static ConfigDef definition() {
    ConfigDef definition = new ConfigDef();
    SslConfigs.addClientSslSupport(definition);
    return definition;
  }
}
