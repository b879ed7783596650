package io.tokenmeter.query;

import io.tokenmeter.ledger.Settings;
import io.tokenmeter.ledger.WindowTotals;
import io.tokenmeter.raw.OrgId;
import io.tokenmeter.raw.Scope;
import io.tokenmeter.stream.StoreKeys;
import java.time.Instant;
import java.util.Locale;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;
import org.jspecify.annotations.Nullable;

/** Which of an organisation's stored windows answer a question, and what they are grouped by. */
final class StoredUsage {
  private StoredUsage() {}

  /**
   * Sums up what is stored.
   *
   * @throws ProblemException when usage is asked for by what the organisation doesn't keep it by,
   *     or for more than one answer may sum up
   */
  static UsageTally tally(
      OrgId org,
      Settings settings,
      UsageQuery query,
      ReadOnlyWindowStore<String, WindowTotals> windows) {
    UsageGrouping by = query.by();
    Scope scope = by == null ? null : by.scope();
    if (scope != null && !settings.usageDimensions().contains(scope)) {
      throw notKept(scope);
    }
    UsageTally tally = new UsageTally(query, settings.zone());
    String first = scope == null ? StoreKeys.firstWindow(org) : StoreKeys.firstWindow(org, scope);
    String last = scope == null ? StoreKeys.lastWindow(org) : StoreKeys.lastWindow(org, scope);
    try (KeyValueIterator<Windowed<String>, WindowTotals> found =
        windows.fetch(first, last, query.from(), query.to().minusMillis(1))) {
      while (found.hasNext()) {
        KeyValue<Windowed<String>, WindowTotals> window = found.next();
        tally.add(
            Instant.ofEpochMilli(window.key.window().start()),
            group(by, window.key.key()),
            window.value);
      }
    }
    return tally;
  }

  private static String group(@Nullable UsageGrouping by, String key) {
    if (by == null) {
      return "";
    }
    return switch (by) {
      case MODEL -> StoreKeys.model(key);
      case BILLING_TYPE -> StoreKeys.billingType(key);
      case METER -> "";
      case PROJECT, USER, API_KEY -> StoreKeys.caller(key);
    };
  }

  private static ProblemException notKept(Scope scope) {
    String name = scope.name().toLowerCase(Locale.ROOT);
    return new ProblemException(
        ProblemCode.USAGE_NOT_KEPT,
        "usage by "
            + name
            + " isn't kept for this organisation; set usage_dimensions, as with `tokenmeter org"
            + " --usage-by "
            + name
            + "`, and it is from then on, or sum up the topic usage.billed");
  }
}
