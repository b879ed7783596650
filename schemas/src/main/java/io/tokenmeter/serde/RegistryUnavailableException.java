package io.tokenmeter.serde;

import org.apache.kafka.common.errors.RetriableException;

/**
 * No registry answered in the tries and the time that the configuration allows. The record is as
 * good as before; the same call may succeed later.
 */
public final class RegistryUnavailableException extends RetriableException {
  private static final long serialVersionUID = 1L;

  RegistryUnavailableException(String message) {
    super(message);
  }
}
