package io.tokenmeter.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.events.LedgerRules;
import io.tokenmeter.ledger.LedgerDefaults;
import io.tokenmeter.measured.Measure;
import io.tokenmeter.measured.count.Counters;
import io.tokenmeter.topics.TopicPrefix;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;

/**
 * The topologies as they are deployed. A change here renames stores or changelogs, and a running
 * installation must be moved to it: see the operating notes before changing a golden file.
 */
class TopologyGoldenTest {
  private static final TopicPrefix PREFIX = new TopicPrefix("");

  @Test
  void measureIsAsDescribed() throws IOException {
    assertDescribed(
        "measure",
        MeasureTopology.build(
            PREFIX, MemoryWire.serdes(), new Measure(Counters.shared()), Conservation.NONE));
  }

  @Test
  void ledgerIsAsDescribed() throws IOException {
    assertDescribed(
        "ledger",
        LedgerTopology.build(
            PREFIX,
            MemoryWire.serdes(),
            LedgerRules.with(LedgerDefaults.of("test", "USD")),
            new LivePrices(),
            LedgerStores.Retention.STANDARD,
            Conservation.NONE));
  }

  private static void assertDescribed(String name, Topology topology) throws IOException {
    try (InputStream golden =
        TopologyGoldenTest.class.getResourceAsStream("/topology/" + name + ".txt")) {
      assertThat(golden).as("golden file of " + name).isNotNull();
      assertThat(topology.describe().toString().strip())
          .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8).strip());
    }
  }
}
