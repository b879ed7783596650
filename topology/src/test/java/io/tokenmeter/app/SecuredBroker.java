package io.tokenmeter.app;

import io.tokenmeter.embedded.EmbeddedKafka;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A broker that knows its callers by name and password, and allows them what its ACLs say and no
 * more. There is a user for each party, and one who may do everything.
 */
final class SecuredBroker implements AutoCloseable {
  static final String ADMIN = "admin";

  private final EmbeddedKafka kafka;

  SecuredBroker(Path directory) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("listener.security.protocol.map", "PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("sasl.enabled.mechanisms", "PLAIN");
    settings.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
    settings.put("listener.name.plaintext.plain.sasl.jaas.config", users());
    settings.put("authorizer.class.name", WatchingAuthorizer.class.getName());
    // The controller's own listener, on loopback, knows nobody by name.
    settings.put("super.users", "User:" + ADMIN + ";User:ANONYMOUS");
    kafka = EmbeddedKafka.start(directory, EmbeddedKafka.ANY_PORT, settings);
  }

  private static String users() {
    List<String> users = new ArrayList<>();
    users.add(user(ADMIN));
    for (Party party : Party.values()) {
      users.add(user(party.word()));
    }
    return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\" %s;"
        .formatted(ADMIN, password(ADMIN), String.join(" ", users));
  }

  private static String user(String name) {
    return "user_%s=\"%s\"".formatted(name, password(name));
  }

  private static String password(String name) {
    return "the password of " + name;
  }

  String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  /** How a user connects, in Kafka's names. */
  Map<String, String> client(String user) {
    return Map.of(
        "security.protocol",
        "SASL_PLAINTEXT",
        "sasl.mechanism",
        "PLAIN",
        "sasl.jaas.config",
        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\";"
            .formatted(user, password(user)));
  }

  @Override
  public void close() {
    kafka.close();
  }
}
