package io.tokenmeter.stream;

import io.tokenmeter.events.WatchedLedger;
import io.tokenmeter.ledger.Account;
import io.tokenmeter.ledger.BalanceChanged;
import io.tokenmeter.ledger.BilledUsage;
import io.tokenmeter.ledger.Disposition;
import io.tokenmeter.ledger.Entry;
import io.tokenmeter.ledger.JournalPosition;
import io.tokenmeter.ledger.Memory;
import io.tokenmeter.ledger.Metered;
import io.tokenmeter.ledger.Output;
import io.tokenmeter.ledger.Remembered;
import io.tokenmeter.ledger.Reminder;
import io.tokenmeter.ledger.Standing;
import io.tokenmeter.ledger.Transition;
import io.tokenmeter.raw.InvalidRecordException;
import io.tokenmeter.raw.OrgId;
import io.tokenmeter.raw.Rejected;
import io.tokenmeter.raw.Rejection;
import io.tokenmeter.schema.JournalEntry;
import io.tokenmeter.serde.UnreadableRecordException;
import io.tokenmeter.wire.EntryCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Takes one journal entry: reads it, loads what is stored, asks the ledger, stores and publishes
 * what comes back. It reads and checks the entry before it writes anything, so a refused entry
 * leaves no trace in a store.
 *
 * <p>By the clock it does what moves no money: it reminds the ledger, through the journal, of
 * halves that are missing and of usages whose price has come, and removes what is forgotten.
 */
final class LedgerProcessor implements Processor<byte[], byte[], byte[], Object> {
  static final String STAGE = "ledger";

  private final WatchedLedger ledger;
  private final LivePrices prices;
  private final Deserializer<JournalEntry> deserializer;
  private final Conservation conservation;
  private final TakeUp takeUp;

  private ProcessorContext<byte[], Object> context;
  private Accounts accounts;
  private KeyValueStore<String, Remembered> ids;
  private KeyValueStore<String, byte[]> parked;
  private DueScan dues;
  private Forgetting forgetting;
  private ParkedScan parkedScan;
  private UsageWindows windows;
  private RecentCharges recent;
  private LedgerOutputs outputs;
  private HeldSums held;

  LedgerProcessor(
      WatchedLedger ledger,
      LivePrices prices,
      Deserializer<JournalEntry> deserializer,
      Conservation conservation,
      TakeUp takeUp) {
    this.ledger = ledger;
    this.prices = prices;
    this.deserializer = deserializer;
    this.conservation = conservation;
    this.takeUp = takeUp;
  }

  @Override
  public void init(ProcessorContext<byte[], Object> context) {
    this.context = context;
    KeyValueStore<String, Account> stored = context.getStateStore(LedgerStores.ACCOUNTS);
    accounts = new Accounts(stored);
    ids = context.getStateStore(LedgerStores.IDS);
    parked = context.getStateStore(LedgerStores.PARKED);
    dues = new DueScan(context.getStateStore(LedgerStores.DUES), ids, ledger);
    forgetting = new Forgetting(ids, ledger, conservation::forgotten);
    windows = new UsageWindows(context, ledger.windows());
    recent = new RecentCharges(context.getStateStore(LedgerStores.CHARGES));
    outputs = new LedgerOutputs(context, recent, conservation);
    parkedScan = new ParkedScan(parked, this::priceable, prices);
    if (held != null) {
      // The task begins anew; what it had summed up is what another transaction had written.
      held.close();
    }
    held = new HeldSums(conservation, ledger::unitOf);
    held.begin(stored);
    context.schedule(
        Housekeeping.INTERVAL,
        PunctuationType.WALL_CLOCK_TIME,
        takeUp.isLive() ? this::keepHouse : this::takeUp);
  }

  private void keepHouse(long nowMs) {
    Instant now = Instant.ofEpochMilli(nowMs);
    dues.run(now, outputs::remind);
    forgetting.run(now, Instant.ofEpochMilli(context.currentStreamTimeMs()));
    parkedScan.run(now, outputs::remind);
  }

  /** Stores the accounts of organisations of which the journal has nothing any more. */
  private void takeUp(long nowMs) {
    takeUp.remaining(context.taskId().partition()).stream()
        .filter(account -> accounts.find(account.orgId()).isEmpty())
        .forEach(accounts::put);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    RecordMetadata metadata = context.recordMetadata().orElseThrow();
    Entry entry;
    try {
      entry = read(record, metadata);
    } catch (UnreadableRecordException e) {
      refuse(record, metadata, new Rejected(Rejections.of(e.kind()), e.getMessage()));
      return;
    } catch (InvalidRecordException e) {
      refuse(record, metadata, new Rejected(e.code(), e.getMessage()));
      return;
    }
    OrgId orgId = entry.orgId();
    Account before = account(orgId);
    Transition transition = ledger.apply(before, memory(orgId), entry, prices);
    remember(transition);
    if (!transition.account().settings().equals(before.settings())) {
      parkedScan.again();
    }
    boolean reflected = takeUp.covers(orgId, entry.at());
    for (Output output : transition.outputs()) {
      keepPark(entry, output);
      if (output instanceof BilledUsage billed) {
        windows.add(billed, transition.account().settings());
      }
      if (!reflected) {
        outputs.publish(orgId, whole(output, transition.account()), record.timestamp());
      }
    }
    Account after = reflected ? before.holdingAs(transition.account()) : transition.account();
    recent.trim(orgId, before.sequence(), after.sequence());
    keep(before, after);
  }

  /** A balance is published with all that is known of its account, what was told included. */
  private static Output whole(Output output, Account account) {
    return output instanceof BalanceChanged changed
        ? new BalanceChanged(account, changed.unit())
        : output;
  }

  private Entry read(Record<byte[], byte[]> record, RecordMetadata metadata) {
    JournalEntry read = deserializer.deserialize(metadata.topic(), record.value());
    if (read == null
        || !Arrays.equals(record.key(), read.getOrgId().getBytes(StandardCharsets.UTF_8))) {
      throw new InvalidRecordException(
          Rejection.INVALID_FIELD,
          "a journal record's key is not the org_id of its value; only measure and the ledger write"
              + " to this topic");
    }
    Instant appendedAt = Instant.ofEpochMilli(record.timestamp());
    return EntryCodec.decode(
        read, new JournalPosition(metadata.partition(), metadata.offset(), appendedAt));
  }

  private void refuse(Record<byte[], byte[]> record, RecordMetadata origin, Rejected why) {
    conservation.rejected(origin.topic(), why.code());
    Record<byte[], byte[]> letter = DeadLetters.of(record, origin, STAGE, why);
    context.forward(letter.withValue((Object) letter.value()), LedgerTopology.REJECTED);
  }

  private Account account(OrgId orgId) {
    return accounts.find(orgId).or(() -> takeUp.account(orgId)).orElseGet(() -> ledger.open(orgId));
  }

  private Memory memory(OrgId orgId) {
    return key -> Optional.ofNullable(ids.get(StoreKeys.remembered(orgId, key)));
  }

  private void remember(Transition transition) {
    OrgId orgId = transition.account().orgId();
    transition.remember().forEach((key, value) -> ids.put(StoreKeys.remembered(orgId, key), value));
    transition.schedule().forEach(dues::add);
  }

  /**
   * Comes last: a query tells the account's sequence beside what it read of other stores, and those
   * must hold at least what that sequence stands for.
   */
  @SuppressWarnings("ReferenceEquality") // an account without changes comes back as it went in
  private void keep(Account before, Account after) {
    if (after != before) {
      accounts.put(after);
      held.follow(before, after);
    }
  }

  /** Keeps the list of usages that wait for a price in step with where they stand. */
  private void keepPark(Entry entry, Output output) {
    if (!(output instanceof Disposition moved)) {
      return;
    }
    if (moved.is() == Standing.UNPRICED) {
      parked.put(StoreKeys.parked(entry.orgId(), usageId(entry)), LedgerStores.nothing());
    } else if (moved.was() == Standing.UNPRICED) {
      parked.delete(StoreKeys.parked(entry.orgId(), usageId(entry)));
    }
  }

  private static String usageId(Entry entry) {
    if (entry.fact() instanceof Metered metered) {
      return metered.measured().id().value();
    }
    if (entry.fact() instanceof Reminder reminder) {
      return reminder.about().id();
    }
    throw new IllegalStateException("a command moved a usage: " + entry.at());
  }

  /** Whether a reminder would bill a parked usage if it were in the journal now. */
  private boolean priceable(OrgId orgId, Reminder reminder, Instant now) {
    Entry supposed =
        new Entry(
            orgId,
            new JournalPosition(context.taskId().partition(), Long.MAX_VALUE, now),
            LedgerOutputs.NO_ORIGIN,
            LedgerOutputs.NO_HASH,
            reminder);
    return ledger.apply(account(orgId), memory(orgId), supposed, prices).outputs().stream()
        .anyMatch(BilledUsage.class::isInstance);
  }

  @Override
  public void close() {
    Objects.requireNonNull(deserializer).close();
    if (held != null) {
      held.close();
    }
  }
}
