package io.tokenmeter.app;

import io.tokenmeter.app.rerate.EarlierReratings;
import io.tokenmeter.app.rerate.OrgTerms;
import io.tokenmeter.app.rerate.Range;
import io.tokenmeter.app.rerate.Rerating;
import io.tokenmeter.app.rerate.Selection;
import io.tokenmeter.rated.PriceLookup;
import io.tokenmeter.schema.Balance;
import io.tokenmeter.schema.BilledUsage;
import io.tokenmeter.schema.JournalEntry;
import io.tokenmeter.schema.LedgerCommand;
import io.tokenmeter.serde.RecordSerde;
import io.tokenmeter.serde.UnreadableRecordException;
import io.tokenmeter.stream.LedgerStores;
import io.tokenmeter.topics.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads the book of record once and rates a range of it by other prices. */
final class Rerate {
  /** How far a gateway's clock may be ahead of the broker's, so that a charge is dated before. */
  private static final Duration CLOCKS = Duration.ofMinutes(10);

  private static final Set<Topics> BOOK = EnumSet.of(Topics.USAGE_BILLED);
  private static final Set<Topics> COMMANDS =
      EnumSet.of(Topics.LEDGER_COMMANDS, Topics.LEDGER_JOURNAL);

  private final TokenmeterConfig config;
  private final Range range;

  Rerate(TokenmeterConfig config, Range range) {
    this.config = config;
    this.range = range;
  }

  /**
   * Rates.
   *
   * @throws CommandException when charges of the range are no longer on their topic
   */
  Rerating rate(Selection selection, PriceLookup prices, Instant now) {
    Map<String, OrgTerms> terms = terms();
    OrgTerms usual = new OrgTerms(config.defaultZone(), Map.of());
    try (Deserializer<BilledUsage> values =
            RecordSerde.ofValue(BilledUsage.class, config.serializers()).deserializer();
        TopicTail tail = new TopicTail(config, BOOK)) {
      Instant since = requireComplete(tail, Topics.USAGE_BILLED);
      Map<TopicPartition, Long> ends = tail.ends(BOOK);
      Rerating rerating =
          new Rerating(
              selection,
              prices,
              now,
              org -> terms.getOrDefault(org, usual),
              since.equals(Instant.MIN) ? since : since.plus(CLOCKS));
      tail.seek(monthBegan());
      tail.readTo(
          ends,
          (topic, record) -> rerating.take(values.deserialize(record.topic(), record.value())));
      return rerating;
    }
  }

  /** Before the range's first month began in any zone: rates with tiers count from there. */
  private Instant monthBegan() {
    return range
        .from()
        .atZone(ZoneOffset.UTC)
        .minusDays(1)
        .withDayOfMonth(1)
        .truncatedTo(ChronoUnit.DAYS)
        .minusDays(1)
        .toInstant();
  }

  private Map<String, OrgTerms> terms() {
    Map<String, OrgTerms> terms = new HashMap<>();
    Set<Topics> balances = EnumSet.of(Topics.LEDGER_BALANCES);
    try (Deserializer<Balance> values =
            RecordSerde.ofValue(Balance.class, config.serializers()).deserializer();
        TopicTail tail = new TopicTail(config, balances)) {
      tail.readTo(
          tail.ends(balances),
          (topic, record) -> {
            if (record.value() != null) {
              LedgerStores.account(values.deserialize(record.topic(), record.value()))
                  .ifPresent(
                      account ->
                          terms.put(
                              account.orgId().value(),
                              new OrgTerms(
                                  account.settings().zone(), account.settings().deployments())));
            }
          });
    }
    return terms;
  }

  /** What re-ratings of any range were sent until now, under way or carried out. */
  EarlierReratings earlier() {
    EarlierReratings earlier = new EarlierReratings();
    try (Deserializer<LedgerCommand> commands =
            RecordSerde.ofValue(LedgerCommand.class, config.serializers()).deserializer();
        JournalReader journal = new JournalReader(config);
        TopicTail tail = new TopicTail(config, COMMANDS)) {
      requireComplete(tail, Topics.LEDGER_JOURNAL);
      Map<TopicPartition, Long> ends = tail.ends(COMMANDS);
      // One that shares usage with the range was sent after the range began.
      tail.seek(range.from().minus(CLOCKS));
      tail.readTo(
          ends,
          (topic, record) -> {
            if (topic == Topics.LEDGER_COMMANDS) {
              read(commands, record.topic(), record.value(), earlier);
            } else {
              journal
                  .read(record)
                  .map(JournalEntry::getEntry)
                  .filter(LedgerCommand.class::isInstance)
                  .ifPresent(command -> earlier.take((LedgerCommand) command));
            }
          });
    }
    return earlier;
  }

  /** Anybody may have written to the commands; what measure refuses, the ledger never sees. */
  private static void read(
      Deserializer<LedgerCommand> commands, String topic, byte[] value, EarlierReratings earlier) {
    try {
      LedgerCommand command = commands.deserialize(topic, value);
      if (command != null) {
        earlier.take(command);
      }
    } catch (UnreadableRecordException refused) {
      return;
    }
  }

  /** Since when it is complete. */
  private Instant requireComplete(TopicTail tail, Topics topic) {
    Instant since = tail.completeSince(topic);
    if (since.isAfter(range.from().minus(CLOCKS))) {
      throw CommandException.checkFailed(
          topic
              + " goes back to "
              + since
              + " only, and the range begins at "
              + range.from()
              + "; begin it later, or work out the difference in the warehouse and post it by"
              + " `tokenmeter adjust`");
    }
    return since;
  }
}
