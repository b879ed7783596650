package io.tokenmeter.app;

import java.util.Locale;

/** Who connects to the brokers: whatever may be given a Kafka user of its own. */
enum Party {
  TOPICS("`topics create`, `topics check`"),
  MEASURE("`run --stage measure`"),
  LEDGER("`run --stage ledger`, with its HTTP API"),
  GATEWAY("publishes what went over the wire, and reads entitlements and events"),
  WAREHOUSE("a Kafka Connect sink, or another reader in a group of such a name"),
  OPERATOR("`grant`, `adjust`, `org`"),
  PRICES("`prices`"),
  AUDIT("`audit`"),
  REPLAY("`replay`"),
  RERATE("`rerate`"),
  REBUILD("`rebuild`");

  /** Kafka Connect names a sink's group after its connector, with this in front. */
  static final String WAREHOUSE_GROUPS = "connect-";

  private final String who;

  Party(String who) {
    this.who = who;
  }

  /** As it is written on the command line. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Who that is, in Markdown. */
  String who() {
    return who;
  }
}
