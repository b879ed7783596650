package io.tokenmeter.proof;

import io.tokenmeter.embedded.SharedBroker;
import java.util.Map;

/**
 * Where brokers and a registry are.
 *
 * @param bootstrapServers as clients are told
 * @param registryUrl as serializers are
 */
record Site(String bootstrapServers, String registryUrl) {
  /** Those that all integration tests share. */
  static Site shared() {
    return new Site(SharedBroker.bootstrapServers(), SharedBroker.registryUrl());
  }

  /** Settings of serializers. */
  Map<String, Object> serializers() {
    return Map.of("schema.registry.url", registryUrl);
  }
}
