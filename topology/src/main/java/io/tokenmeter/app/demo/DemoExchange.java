package io.tokenmeter.app.demo;

import java.util.List;

/**
 * One exchange of the demo.
 *
 * @param id under which it is billed once
 * @param org who pays
 * @param scenario what happens to it
 * @param sent the records, in the order in which the gateway publishes them
 */
public record DemoExchange(String id, String org, Scenario scenario, List<Sent> sent) {
  public DemoExchange {
    sent = List.copyOf(sent);
  }
}
