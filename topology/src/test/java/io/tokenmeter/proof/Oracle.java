package io.tokenmeter.proof;

import io.tokenmeter.schema.JournalEntry;
import io.tokenmeter.schema.Reminder;
import io.tokenmeter.schema.ReminderReason;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Works out what has to come of all that was sent. It goes by what the gateways say that they sent,
 * by where the brokers put that, and by the journal's order and append times; it reads none of the
 * applications' figures and shares no code with them.
 *
 * <p>Whatever is wrong is said by name: here what can't be right in whatever order, and on the
 * {@link Sheet} what is missing or too much.
 */
final class Oracle {
  /** A place on a topic. */
  record Place(String topic, int partition, long offset) {
    String text() {
      return topic + "-" + partition + "@" + offset;
    }
  }

  private record Raw(int number, Instant appended) {}

  private record Entry(Instant appended, JournalEntry value) {}

  private static final class Partition {
    final BitSet metered = new BitSet();
    final BitSet rejected = new BitSet();
    final Map<Long, Raw> underWay = new HashMap<>();
    final Map<String, Long> last = new HashMap<>();
    long read;
  }

  private static final int MOST_KEPT = 200;

  private final PlainAccount.Times times;
  private final Sheet sheet = new Sheet();
  private final List<Sent> sent = new ArrayList<>();
  private final BitSet acknowledged = new BitSet();
  private final BitSet seen = new BitSet();
  private final Map<String, Map<Integer, Partition>> raw = new TreeMap<>();
  private final Map<Integer, Deque<Entry>> waiting = new TreeMap<>();
  private final Map<String, PlainAccount> accounts = new TreeMap<>();
  private final List<String> wrong = new ArrayList<>();
  private long records;
  private long settled;
  private long deadLetters;

  Oracle(PlainAccount.Times times) {
    this.times = times;
    sent.add(null);
  }

  /** Gives something that a gateway is about to send its number, from 1. */
  int number(Sent what) {
    synchronized (sent) {
      sent.add(what);
      return sent.size() - 1;
    }
  }

  /** The brokers have said that they have a copy of it. */
  void acknowledged(int number) {
    synchronized (sent) {
      acknowledged.set(number);
    }
  }

  private Sent sent(int number) {
    synchronized (sent) {
      return sent.get(number);
    }
  }

  /** A copy, as it stands on a topic. */
  void raw(Place place, Instant appended, int number) {
    Partition partition = partition(place);
    partition.read = place.offset() + 1;
    records++;
    seen.set(number);
    if (!partition.rejected.get((int) place.offset())) {
      partition.underWay.put(place.offset(), new Raw(number, appended));
    }
    if (sent(number) instanceof Sent.Bad bad) {
      sheet.expect("letter " + place.text() + " " + bad.code());
    }
    waiting.values().forEach(this::work);
  }

  /** An entry of the journal; those of a partition come in their order. */
  void journal(int partition, Instant appended, JournalEntry entry) {
    Deque<Entry> entries = waiting.computeIfAbsent(partition, any -> new ArrayDeque<>());
    entries.add(new Entry(appended, entry));
    work(entries);
  }

  /** A dead letter: where the record stood, and the reason that it gives. */
  void rejected(Place place, String code) {
    Partition partition = partition(place);
    deadLetters++;
    int offset = (int) place.offset();
    if (partition.rejected.get(offset)) {
      say("two dead letters of " + place.text());
    } else if (partition.metered.get(offset)) {
      say("both metered and rejected: " + place.text());
    }
    partition.rejected.set(offset);
    settled++;
    // Compared when the record itself is known, which may be read after its letter.
    sheet.found("letter " + place.text() + " " + code);
    partition.underWay.remove(place.offset());
  }

  /** Goes on with a partition of the journal as far as the raw records behind it are known. */
  private void work(Deque<Entry> entries) {
    while (!entries.isEmpty() && take(entries.peek())) {
      entries.remove();
    }
  }

  private boolean take(Entry entry) {
    JournalEntry value = entry.value();
    PlainAccount account =
        accounts.computeIfAbsent(value.getOrgId(), org -> new PlainAccount(org, times, sheet));
    if (value.getEntry() instanceof Reminder reminder) {
      remind(account, reminder, entry.appended());
      return true;
    }
    Place place =
        new Place(
            value.getOrigin().getTopic(),
            value.getOrigin().getPartition(),
            value.getOrigin().getOffset());
    Partition partition = partition(place);
    if (partition.read <= place.offset()) {
      return false;
    }
    Raw record = partition.underWay.remove(place.offset());
    if (record == null) {
      say(
          (partition.metered.get((int) place.offset())
                  ? "metered twice: "
                  : "metered from nothing: ")
              + place.text());
      return true;
    }
    partition.metered.set((int) place.offset());
    settled++;
    Long before = partition.last.put(value.getOrgId(), place.offset());
    if (before != null && before > place.offset()) {
      say("the journal has " + place.text() + " after " + before + " of " + value.getOrgId());
    }
    Sent what = sent(record.number());
    if (what instanceof Sent.Bad bad) {
      say("metered, though it is bad (" + bad.name() + "): " + place.text());
    } else if (!what.org().equals(value.getOrgId())) {
      say(place.text() + " is in the journal of " + value.getOrgId() + ", not " + what.org());
    } else {
      account.take(record.number(), what, record.appended(), entry.appended());
    }
    return true;
  }

  private void remind(PlainAccount account, Reminder reminder, Instant at) {
    if (reminder.getReason() == ReminderReason.HALF_MISSING) {
      String problem = account.remindOfMissing(reminder.getUsageId(), at);
      if (!problem.isEmpty()) {
        say(problem);
      }
    } else {
      account.remind(at);
    }
  }

  private Partition partition(Place place) {
    return raw.computeIfAbsent(place.topic(), any -> new TreeMap<>())
        .computeIfAbsent(place.partition(), any -> new Partition());
  }

  private void say(String what) {
    if (wrong.size() < MOST_KEPT) {
      wrong.add(what);
    }
  }

  Sheet sheet() {
    return sheet;
  }

  Map<String, PlainAccount> accounts() {
    return accounts;
  }

  /** Raw records until now, each copy counted. */
  long records() {
    return records;
  }

  /** How many of them were metered or rejected. */
  long settled() {
    return settled;
  }

  long deadLetters() {
    return deadLetters;
  }

  /** Whether every record before an offset was metered or rejected. */
  boolean isSettled(String topic, int number, long before) {
    Partition partition = partition(new Place(topic, number, 0));
    return partition.read >= before
        && partition.underWay.keySet().stream().noneMatch(offset -> offset < before);
  }

  /** Whether all that was read is worked off, on both sides. */
  boolean isEven() {
    return sheet.isEven()
        && waiting.values().stream().allMatch(Deque::isEmpty)
        && raw.values().stream()
            .flatMap(partitions -> partitions.values().stream())
            .allMatch(partition -> partition.underWay.isEmpty());
  }

  /** Exchanges of which one half has come and the other is waited for. */
  int halves() {
    return accounts.values().stream().mapToInt(PlainAccount::waiting).sum();
  }

  /** What doesn't hold by now; what is under way is counted too. */
  List<String> differences() {
    List<String> all = new ArrayList<>(wrong);
    all.addAll(sheet.differences());
    raw.forEach(
        (topic, partitions) ->
            partitions.forEach(
                (number, partition) ->
                    partition.underWay.keySet().stream()
                        .sorted()
                        .forEach(
                            offset ->
                                all.add(
                                    "neither metered nor rejected: "
                                        + new Place(topic, number, offset).text()))));
    waiting.forEach(
        (partition, entries) ->
            entries.forEach(
                entry ->
                    all.add(
                        "an entry of journal partition "
                            + partition
                            + " was made of nothing: "
                            + entry.value().getOrigin())));
    synchronized (sent) {
      BitSet lost = (BitSet) acknowledged.clone();
      lost.andNot(seen);
      lost.stream().forEach(number -> all.add("acknowledged and not there: " + sent.get(number)));
    }
    return all;
  }
}
