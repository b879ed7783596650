package io.tokenmeter.wire;

import io.tokenmeter.ledger.ContentHash;
import io.tokenmeter.ledger.Part;
import io.tokenmeter.ledger.Received;
import io.tokenmeter.ledger.Remembered;
import io.tokenmeter.ledger.WindowTotals;
import io.tokenmeter.measured.Meter;
import io.tokenmeter.rated.Amount;
import io.tokenmeter.raw.Quantity;
import io.tokenmeter.schema.CommandSeenState;
import io.tokenmeter.schema.CountedState;
import io.tokenmeter.schema.GrantSeenState;
import io.tokenmeter.schema.ParkedState;
import io.tokenmeter.schema.ReceivedState;
import io.tokenmeter.schema.RememberedState;
import io.tokenmeter.schema.SettledState;
import io.tokenmeter.schema.WaitingState;
import io.tokenmeter.schema.WindowTotalsState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the ledger remembers of ids and windows, to and from the values of its stores. */
public final class StateCodec {
  private StateCodec() {}

  public static RememberedState encode(Remembered remembered) {
    return new RememberedState(encodeOne(remembered));
  }

  private static Object encodeOne(Remembered remembered) {
    if (remembered instanceof Remembered.Settled settled) {
      return new SettledState(
          hash(settled.hashes().get(Part.REQUEST)),
          hash(settled.hashes().get(Part.RESPONSE)),
          hash(settled.hashes().get(Part.RECORD)),
          settled.forgetAt().toEpochMilli());
    }
    if (remembered instanceof Remembered.Waiting waiting) {
      return new WaitingState(
          encode(waiting.half()),
          waiting.noticed(),
          waiting.forgetAt().toEpochMilli(),
          waiting.hold().value());
    }
    if (remembered instanceof Remembered.Parked parked) {
      return new ParkedState(
          parked.parts().stream().map(StateCodec::encode).toList(),
          FactCodec.names(parked.flags()));
    }
    if (remembered instanceof Remembered.CommandSeen seen) {
      return new CommandSeenState(hash(seen.hash()), seen.forgetAt().toEpochMilli());
    }
    if (remembered instanceof Remembered.GrantSeen seen) {
      return new GrantSeenState(hash(seen.content()));
    }
    if (remembered instanceof Remembered.Counted counted) {
      return new CountedState(
          counted.counters().stream().map(QuotaCodec::encode).toList(),
          QuotaCodec.encode(counted.told()),
          counted.forgetAt().toEpochMilli());
    }
    throw new AssertionError("no state for " + remembered.getClass());
  }

  public static Remembered decode(RememberedState record) {
    Object state = record.getState();
    if (state instanceof SettledState settled) {
      Map<Part, ContentHash> hashes = new EnumMap<>(Part.class);
      put(hashes, Part.REQUEST, settled.getRequest());
      put(hashes, Part.RESPONSE, settled.getResponse());
      put(hashes, Part.RECORD, settled.getRecord());
      return new Remembered.Settled(hashes, Instant.ofEpochMilli(settled.getForgetAt()));
    }
    if (state instanceof WaitingState waiting) {
      return new Remembered.Waiting(
          decode(waiting.getHalf()),
          new Amount(waiting.getHold()),
          waiting.getNoticed(),
          Instant.ofEpochMilli(waiting.getForgetAt()));
    }
    if (state instanceof ParkedState parked) {
      return new Remembered.Parked(
          parked.getParts().stream().map(StateCodec::decode).toList(),
          FactCodec.flags(parked.getFlags()));
    }
    if (state instanceof CommandSeenState seen) {
      return new Remembered.CommandSeen(
          hash(seen.getHash()), Instant.ofEpochMilli(seen.getForgetAt()));
    }
    if (state instanceof GrantSeenState seen) {
      return new Remembered.GrantSeen(hash(seen.getContent()));
    }
    if (state instanceof CountedState counted) {
      return new Remembered.Counted(
          counted.getCounters().stream().map(QuotaCodec::decode).toList(),
          QuotaCodec.decode(counted.getTold()),
          Instant.ofEpochMilli(counted.getForgetAt()));
    }
    throw new AssertionError("no memory for " + state.getClass());
  }

  public static WindowTotalsState encode(WindowTotals totals) {
    Map<String, BigDecimal> quantities = new HashMap<>();
    totals.quantities().forEach((meter, sum) -> quantities.put(meter.wireName(), sum.value()));
    Map<String, BigDecimal> amounts = new HashMap<>();
    totals.amounts().forEach((meter, sum) -> amounts.put(meter.wireName(), sum.value()));
    return new WindowTotalsState(
        totals.requests(),
        totals.amount().value(),
        quantities,
        totals.corrections(),
        totals.corrected().value(),
        amounts);
  }

  public static WindowTotals decode(WindowTotalsState record) {
    Map<Meter, Quantity> quantities = new EnumMap<>(Meter.class);
    record
        .getQuantities()
        .forEach((meter, sum) -> quantities.put(ReadingCodec.meter(meter), new Quantity(sum)));
    Map<Meter, Amount> amounts = new EnumMap<>(Meter.class);
    record
        .getAmounts()
        .forEach((meter, sum) -> amounts.put(ReadingCodec.meter(meter), new Amount(sum)));
    return new WindowTotals(
        record.getRequests(),
        new Amount(record.getAmount()),
        record.getCorrections(),
        new Amount(record.getCorrected()),
        quantities,
        amounts);
  }

  private static ReceivedState encode(Received received) {
    return new ReceivedState(
        FactCodec.encode(received.fact()),
        hash(received.hash()),
        Origins.encode(received.origin()));
  }

  private static Received decode(ReceivedState record) {
    return new Received(
        FactCodec.decodeMeasured(record.getFact()),
        hash(record.getHash()),
        Origins.decode(record.getOrigin()));
  }

  private static void put(
      Map<Part, ContentHash> hashes, Part part, io.tokenmeter.schema.@Nullable ContentHash hash) {
    if (hash != null) {
      hashes.put(part, hash(hash));
    }
  }

  static io.tokenmeter.schema.@Nullable ContentHash hash(@Nullable ContentHash hash) {
    return hash == null ? null : new io.tokenmeter.schema.ContentHash(hash.bytes());
  }

  static ContentHash hash(io.tokenmeter.schema.ContentHash hash) {
    return ContentHash.of(hash.bytes());
  }
}
