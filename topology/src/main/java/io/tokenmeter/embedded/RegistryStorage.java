package io.tokenmeter.embedded;

/** Where the embedded registry keeps schemas. */
public sealed interface RegistryStorage {
  /** In its memory: gone when it stops, and quicker to start. */
  record Memory() implements RegistryStorage {}

  /**
   * In topics of its own: the same ids after a restart.
   *
   * @param bootstrapServers of the broker, which may start at the same time
   */
  record Topics(String bootstrapServers) implements RegistryStorage {}
}
