package io.tokenmeter.rated;

import io.tokenmeter.measured.MeterReading;
import io.tokenmeter.raw.KeyMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What is to be priced.
 *
 * @param book the price book
 * @param models names under which the model may be found in the book, in this order: as asked for,
 *     as answered; empty when the meter alone is priced
 * @param keyMode whose provider key
 * @param readings the quantities chosen for billing, disjoint
 * @param conditions what a rate may ask for beside key mode and a reading's own dimensions: {@code
 *     service_tier}, {@code endpoint}, {@code operation}, the gateway's attributes
 * @param occurredAt the instant whose price holds
 * @param knownAt prices published after this instant are not seen: the append time of the journal
 *     record that asks, so that a replay sees what was seen then
 */
public record Usage(
    String book,
    List<String> models,
    KeyMode keyMode,
    List<MeterReading> readings,
    Map<String, String> conditions,
    Instant occurredAt,
    Instant knownAt) {
  public Usage {
    models = List.copyOf(models);
    readings = List.copyOf(readings);
    conditions = Map.copyOf(conditions);
  }
}
