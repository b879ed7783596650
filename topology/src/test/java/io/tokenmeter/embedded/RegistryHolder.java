package io.tokenmeter.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * A process that starts a registry, prints the registry's process id and then waits to be killed.
 */
final class RegistryHolder {
  private RegistryHolder() {}

  public static void main(String[] args) throws InterruptedException {
    EmbeddedRegistry registry =
        EmbeddedRegistry.start(
            Path.of(args[0]),
            EmbeddedRegistry.ANY_PORT,
            new RegistryStorage.Memory(),
            Duration.ofMinutes(2));
    System.out.println(registry.pid());
    System.out.flush();
    new CountDownLatch(1).await();
  }
}
