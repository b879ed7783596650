package io.tokenmeter.ledger;

import io.tokenmeter.ledger.Unmatched.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one entry has come to so far. */
final class Work {
  private final Account before;
  private final Memory memory;
  private final Entry entry;
  private final LedgerDefaults defaults;
  private final Map<StateKey, Remembered> remember = new LinkedHashMap<>();
  private final List<Due> schedule = new ArrayList<>();
  private final List<Output> outputs = new ArrayList<>();
  final Booking booking;

  Work(Account account, Memory memory, Entry entry, LedgerDefaults defaults) {
    this.before = account;
    this.memory = memory;
    this.entry = entry;
    this.defaults = defaults;
    this.booking = new Booking(account);
  }

  Entry entry() {
    return entry;
  }

  /** The append time: the only time that a rule may use. */
  Instant now() {
    return entry.at().appendedAt();
  }

  Account account() {
    return booking.account();
  }

  /** What is remembered under a key; what is forgotten by rule isn't, still stored or not. */
  Optional<Remembered> recall(StateKey key) {
    return memory.recall(key).filter(found -> !Horizon.isForgotten(found, now()));
  }

  void remember(StateKey key, Remembered what) {
    remember.put(key, what);
  }

  void due(StateKey key, Instant at, Due.Kind kind) {
    schedule.add(new Due(entry.orgId(), key, at, kind));
  }

  Quotas quotas() {
    return new Quotas(this, defaults.windowsOpen());
  }

  /** In which windows of usage charges count. */
  OpenWindows windows() {
    return new OpenWindows(defaults.windowsOpen());
  }

  void publish(Output output) {
    outputs.add(output);
  }

  void stands(@Nullable Standing was, Standing is, int facts) {
    if (was != is) {
      outputs.add(new Disposition(was, is, facts));
    }
  }

  void notice(String id, Reason reason, String detail, Instant occurredAt, Received about) {
    outputs.add(
        new Unmatched(entry.orgId(), id, reason, detail, occurredAt, now(), about.origin()));
  }

  /** A notice about the entry itself. */
  void notice(String id, Reason reason, String detail, Instant occurredAt) {
    outputs.add(
        new Unmatched(entry.orgId(), id, reason, detail, occurredAt, now(), entry.origin()));
  }

  /** What the account's amounts are in; empty while not known. */
  String unit() {
    return defaults.unitOf(account());
  }

  Transition transition() {
    boolean changed = !account().equals(before);
    if (changed) {
      booking.replace(account().withPosition(entry.at()));
      outputs.add(new BalanceChanged(account(), unit()));
    }
    return new Transition(
        changed ? account() : before, remember, schedule, booking.postings(), outputs);
  }
}
