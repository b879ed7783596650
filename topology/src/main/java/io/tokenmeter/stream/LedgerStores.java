package io.tokenmeter.stream;

import io.tokenmeter.ledger.Account;
import io.tokenmeter.ledger.CalendarWindow;
import io.tokenmeter.ledger.Remembered;
import io.tokenmeter.ledger.WindowTotals;
import io.tokenmeter.schema.AccountState;
import io.tokenmeter.schema.Balance;
import io.tokenmeter.schema.BilledUsage;
import io.tokenmeter.schema.RememberedState;
import io.tokenmeter.schema.WindowTotalsState;
import io.tokenmeter.wire.AccountCodec;
import io.tokenmeter.wire.StateCodec;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/**
 * The ledger's stores. Caching is off everywhere: range and window queries read beneath the cache,
 * and a balance must not depend on which kind of read asked for it.
 */
public final class LedgerStores {
  /** Organisation → {@link Account}. */
  public static final String ACCOUNTS = "accounts";

  /** {@link StoreKeys#remembered} → {@link Remembered}. */
  public static final String IDS = "ids";

  /** {@link StoreKeys#due} → nothing; what to look at again, in order of time. */
  static final String DUES = "dues";

  /** {@link StoreKeys#parked} → nothing; usages that wait for a price. */
  public static final String PARKED = "parked";

  /** {@link StoreKeys#charge} → the record of {@code usage.billed}; an organisation's newest. */
  public static final String CHARGES = "recent-charges";

  /** Of an organisation's postings, how many of the last are looked among for charges to keep. */
  public static final int CHARGES_KEPT = 100;

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration MONTH = Duration.ofDays(31);
  private static final StateSerde<Account, AccountState> ACCOUNT =
      new StateSerde<>(
          List.of(AccountState.getClassSchema()), AccountCodec::encode, AccountCodec::decode);
  private static final byte[] NOTHING = new byte[0];

  /**
   * How long usage windows are kept.
   *
   * @param hours of hourly windows
   * @param days of daily windows
   * @param months of monthly windows
   */
  public record Retention(Duration hours, Duration days, Duration months) {
    /** 8 days of hours, 400 days of days, 37 months of months. */
    public static final Retention STANDARD =
        new Retention(Duration.ofDays(8), Duration.ofDays(400), MONTH.multipliedBy(37));
  }

  private LedgerStores() {}

  /** The names of all stores that are on disk. */
  public static List<String> names() {
    List<String> names = new ArrayList<>(List.of(ACCOUNTS, IDS, DUES, PARKED, CHARGES));
    for (CalendarWindow window : CalendarWindow.values()) {
      names.add(usage(window));
    }
    return List.copyOf(names);
  }

  /**
   * The window store that holds usage of windows of one length: a key of {@link StoreKeys} and the
   * window's first instant → {@link WindowTotals}.
   */
  public static String usage(CalendarWindow window) {
    return switch (window) {
      case HOUR -> "usage-hourly";
      case DAY -> "usage-daily";
      case MONTH -> "usage-monthly";
    };
  }

  static StoreBuilder<KeyValueStore<String, Account>> accounts() {
    return logged(
        Stores.keyValueStoreBuilder(QueriedStore.persistent(ACCOUNTS), Serdes.String(), ACCOUNT));
  }

  static StateSerde<Account, AccountState> account() {
    return ACCOUNT;
  }

  /** An account as it is stored. */
  static ByteBuffer bytes(Account account) {
    return ByteBuffer.wrap(ACCOUNT.toBytes(account));
  }

  /**
   * The account that a published balance carries.
   *
   * @return empty when a release published it that didn't write accounts
   * @throws IllegalStateException when a later release wrote it
   */
  public static Optional<Account> account(Balance balance) {
    return Optional.ofNullable(balance.getAccount())
        .map(
            stored -> {
              byte[] bytes = new byte[stored.remaining()];
              stored.duplicate().get(bytes);
              return ACCOUNT.fromBytes(bytes);
            });
  }

  static StoreBuilder<KeyValueStore<String, Remembered>> ids() {
    return logged(
        Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(IDS), new IdKeys(), remembered()));
  }

  static StateSerde<Remembered, RememberedState> remembered() {
    return new StateSerde<>(
        List.of(RememberedState.getClassSchema()), StateCodec::encode, StateCodec::decode);
  }

  static StoreBuilder<KeyValueStore<String, BilledUsage>> charges() {
    Serde<BilledUsage> serde =
        new StateSerde<BilledUsage, BilledUsage>(
            List.of(BilledUsage.getClassSchema()), Function.identity(), Function.identity());
    return logged(
        Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(CHARGES), Serdes.String(), serde));
  }

  static StoreBuilder<KeyValueStore<byte[], byte[]>> dues() {
    return logged(
        Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(DUES), Serdes.ByteArray(), Serdes.ByteArray()));
  }

  static StoreBuilder<KeyValueStore<String, byte[]>> parked() {
    return logged(
        Stores.keyValueStoreBuilder(
            QueriedStore.persistent(PARKED), Serdes.String(), Serdes.ByteArray()));
  }

  static StoreBuilder<WindowStore<String, WindowTotals>> usage(
      CalendarWindow window, Retention retention) {
    Serde<WindowTotals> serde =
        new StateSerde<WindowTotals, WindowTotalsState>(
            List.of(WindowTotalsState.getClassSchema()), StateCodec::encode, StateCodec::decode);
    return Stores.windowStoreBuilder(
            Stores.persistentWindowStore(
                usage(window), kept(window, retention), length(window), false),
            Serdes.String(),
            serde)
        .withCachingDisabled()
        .withLoggingEnabled(Map.of());
  }

  static StoreBuilder<KeyValueStore<String, byte[]>> prices() {
    // In memory: a RocksDB global store under exactly-once can fail to start after a SIGKILL
    // (KAFKA-21034), and the catalogue is small.
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(PriceLoader.STORE), Serdes.String(), Serdes.ByteArray())
        .withCachingDisabled()
        .withLoggingDisabled();
  }

  static byte[] nothing() {
    return NOTHING;
  }

  private static <K, V> StoreBuilder<KeyValueStore<K, V>> logged(
      StoreBuilder<KeyValueStore<K, V>> builder) {
    return builder.withCachingDisabled().withLoggingEnabled(Map.of());
  }

  private static Duration length(CalendarWindow window) {
    return switch (window) {
      case HOUR -> HOUR;
      case DAY -> DAY;
      case MONTH -> MONTH;
    };
  }

  private static Duration kept(CalendarWindow window, Retention retention) {
    return switch (window) {
      case HOUR -> retention.hours();
      case DAY -> retention.days();
      case MONTH -> retention.months();
    };
  }
}
