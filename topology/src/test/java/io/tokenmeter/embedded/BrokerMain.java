package io.tokenmeter.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * A node of {@link BrokerProcesses}: words are its directory, its number, the port that clients
 * know, the port behind that, and the controllers' ports of all nodes.
 */
final class BrokerMain {
  static final String SERVES = "the broker serves";
  static final String CUT = "cut";

  private BrokerMain() {}

  public static void main(String[] words) throws IOException {
    int id = Integer.parseInt(words[1]);
    int outside = Integer.parseInt(words[2]);
    int inside = Integer.parseInt(words[3]);
    Map<Integer, Integer> controllers = new TreeMap<>();
    for (int node = 0; node < words.length - 4; node++) {
      controllers.put(node, Integer.parseInt(words[4 + node]));
    }
    Door door = Door.open(outside, inside);
    ParentWatch.begin(
        order -> {
          if (order.equals(CUT)) {
            door.cut();
          }
        });
    BrokerNode node =
        BrokerNode.start(
            Path.of(words[0]),
            id,
            inside,
            controllers,
            Map.of(
                "advertised.listeners",
                "PLAINTEXT://127.0.0.1:" + outside,
                // A dead broker's partitions move after so long.
                "broker.session.timeout.ms",
                "6000",
                "group.min.session.timeout.ms",
                "1000",
                "transaction.abort.timed.out.transaction.cleanup.interval.ms",
                "1000",
                "num.recovery.threads.per.data.dir",
                "2"));
    Runtime.getRuntime().addShutdownHook(new Thread(node::close, "stop"));
    System.out.println(SERVES);
  }
}
