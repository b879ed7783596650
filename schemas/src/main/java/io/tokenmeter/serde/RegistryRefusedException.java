package io.tokenmeter.serde;

import org.apache.kafka.common.KafkaException;

/**
 * The registry answered and said no: wrong credentials, a URL that is not a registry's, a schema
 * that it won't take. A person has to change something; the record is not at fault.
 */
public final class RegistryRefusedException extends KafkaException {
  private static final long serialVersionUID = 1L;

  RegistryRefusedException(String message) {
    super(message);
  }
}
