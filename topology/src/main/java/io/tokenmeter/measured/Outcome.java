package io.tokenmeter.measured;

/** How an exchange ended. */
public enum Outcome {
  OK,
  /** The provider refused the request: a 4xx. */
  CLIENT_ERROR,
  /** The provider failed: a 5xx. */
  PROVIDER_ERROR,
  /** A stream without its end: the client, the gateway or the provider hung up. */
  TRUNCATED,
  /** A stream that began with 200 and brought an error. */
  ERROR_IN_STREAM,
  /** A call that uses no meter by nature. */
  NOT_METERED
}
