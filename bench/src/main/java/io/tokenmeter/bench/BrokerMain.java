package io.tokenmeter.bench;

import io.tokenmeter.embedded.EmbeddedKafka;
import io.tokenmeter.embedded.EmbeddedPlatform;
import io.tokenmeter.embedded.EmbeddedRegistry;
import java.io.IOException;
import java.nio.file.Path;

/** The broker and the registry in a process of their own. Argument: a directory. */
final class BrokerMain {
  private BrokerMain() {}

  public static void main(String[] arguments) throws IOException {
    EmbeddedPlatform platform =
        EmbeddedPlatform.start(
            Path.of(arguments[0]),
            EmbeddedKafka.ANY_PORT,
            EmbeddedRegistry.ANY_PORT,
            EmbeddedPlatform.Schemas.FORGOTTEN);
    Runtime.getRuntime().addShutdownHook(new Thread(platform::close));
    System.out.println(platform.bootstrapServers());
    System.out.println(platform.registryUrl());
    while (System.in.read() >= 0) {
      // Nothing is asked; only the end counts.
    }
    System.exit(0);
  }
}
