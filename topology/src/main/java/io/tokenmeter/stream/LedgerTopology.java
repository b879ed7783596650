package io.tokenmeter.stream;

import io.tokenmeter.events.WatchedLedger;
import io.tokenmeter.ledger.QuotaWindow;
import io.tokenmeter.schema.JournalEntry;
import io.tokenmeter.schema.PriceEntry;
import io.tokenmeter.topics.Topics;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.Topology;

/**
 * The ledger: everything that concerns an organisation comes in through one topic, in one order, and
 * all that it causes goes out in the transaction that takes it in.
 */
public final class LedgerTopology {
  static final String LEDGER = "ledger";
  static final String BILLED = "billed";
  static final String CHARGES = "charges";
  static final String BALANCES = "balances";
  static final String ENTITLEMENTS = "entitlements";
  static final String LOW_BALANCE = "low-balance";
  static final String QUOTA_EXCEEDED = "quota-exceeded";
  static final String UNMATCHED = "unmatched";
  static final String UNPRICED = "unpriced";
  static final String REMINDERS = "reminders";
  static final String REJECTED = "rejected";

  private LedgerTopology() {}

  /** The whole application, prices and journal to charges, balances and events. */
  public static Topology build(
      Topics topics,
      RecordSerdes serdes,
      WatchedLedger ledger,
      LivePrices prices,
      LedgerStores.Retention retention,
      Conservation conservation) {
    ByteArrayDeserializer bytesIn = new ByteArrayDeserializer();
    ByteArraySerializer bytesOut = new ByteArraySerializer();
    String catalog = topics.name(Topics.PRICES);
    String journal = topics.name(Topics.JOURNAL);

    Topology topology = new Topology();
    topology.addGlobalStore(
        LedgerStores.prices(), "catalog", new StringDeserializer(), bytesIn, catalog, "prices",
        () -> new PriceLoader(catalog, prices, serdes.in(PriceEntry.class), conservation));
    topology
        .addSource("journal", bytesIn, bytesIn, journal)
        .addProcessor(
            LEDGER,
            () -> new LedgerProcessor(ledger, prices, serdes.in(JournalEntry.class), conservation),
            "journal")
        .addStateStore(LedgerStores.accounts(), LEDGER)
        .addStateStore(LedgerStores.ids(), LEDGER)
        .addStateStore(LedgerStores.dues(), LEDGER)
        .addStateStore(LedgerStores.parked(), LEDGER);
    for (QuotaWindow window : QuotaWindow.values()) {
      topology.addStateStore(LedgerStores.usage(window, retention), LEDGER);
    }
    return topology
        .addSink(BILLED, topics.name(Topics.BILLED), bytesOut, serdes.out(), LEDGER)
        .addSink(CHARGES, topics.name(Topics.CHARGES), bytesOut, serdes.out(), LEDGER)
        .addSink(BALANCES, topics.name(Topics.BALANCES), bytesOut, serdes.out(), LEDGER)
        .addSink(ENTITLEMENTS, topics.name(Topics.ENTITLEMENTS), bytesOut, serdes.out(), LEDGER)
        .addSink(LOW_BALANCE, topics.name(Topics.LOW_BALANCE), bytesOut, serdes.out(), LEDGER)
        .addSink(QUOTA_EXCEEDED, topics.name(Topics.QUOTA_EXCEEDED), bytesOut, serdes.out(), LEDGER)
        .addSink(UNMATCHED, topics.name(Topics.UNMATCHED), bytesOut, serdes.out(), LEDGER)
        .addSink(UNPRICED, topics.name(Topics.UNPRICED), bytesOut, serdes.out(), LEDGER)
        .addSink(REMINDERS, journal, bytesOut, serdes.out(), LEDGER)
        .addSink(REJECTED, topics.name(Topics.REJECTED), bytesOut, serdes.bytesOut(), LEDGER);
  }
}
