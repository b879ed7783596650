package io.tokenmeter.ledger;

import io.tokenmeter.measured.Flag;
import io.tokenmeter.rated.Amount;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is remembered of one id. */
public sealed interface Remembered {
  /** Of what is not forgotten by itself. The last instant whose milliseconds fit a long. */
  Instant NEVER = Instant.ofEpochMilli(Long.MAX_VALUE);

  /**
   * From this append time on it counts as forgotten, whether it is still stored or not; {@link
   * #NEVER} when it stays.
   */
  Instant forgetAt();

  /**
   * A half whose other half has not come. It can't be forgotten before somebody was told.
   *
   * @param hold what is held for it; 0 when nothing is, or not any more
   */
  record Waiting(Received half, Amount hold, boolean noticed, Instant forgetAt)
      implements Remembered {}

  /**
   * All parts that are there to bill, without a price. It stays until there is one.
   *
   * @param parts one, or the request and then the response
   * @param flags what is unusual about how they came
   */
  record Parked(List<Received> parts, Set<Flag> flags) implements Remembered {
    public Parked {
      parts = List.copyOf(parts);
      flags = flags.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(flags));
    }

    /** What was asked of whom. */
    public Call call() {
      return new Parts(parts).call();
    }

    @Override
    public Instant forgetAt() {
      return NEVER;
    }
  }

  /** A usage that was billed. */
  record Settled(Map<Part, ContentHash> hashes, Instant forgetAt) implements Remembered {
    public Settled {
      hashes = Map.copyOf(new EnumMap<>(hashes));
    }
  }

  /** A command that was carried out or refused. */
  record CommandSeen(ContentHash hash, Instant forgetAt) implements Remembered {}

  /**
   * What someone or something within an organisation used of the quotas that count it.
   *
   * @param counters by quota and start
   * @param told the last answer that was given; null before the first denial
   */
  record Counted(List<QuotaCounter> counters, @Nullable Entitlement told, Instant forgetAt)
      implements Remembered {
    public Counted {
      counters = List.copyOf(counters);
    }

    /**
     * These counters, forgotten when none of their windows is open any more; never while somebody
     * must still be told that one is over.
     *
     * @param open how long a window is kept open after its end
     */
    public static Counted of(
        List<QuotaCounter> counters, @Nullable Entitlement told, Duration open) {
      Instant forgetAt = Instant.EPOCH;
      for (QuotaCounter counter : counters) {
        Instant end = counter.owesReset() ? NEVER : counter.span().end().plus(open);
        forgetAt = end.isAfter(forgetAt) ? end : forgetAt;
      }
      return new Counted(counters, told, forgetAt.isAfter(QuotaWindow.NEVER) ? NEVER : forgetAt);
    }
  }

  /** A grant that was made; it stays, so that no resent grant is ever made twice. */
  record GrantSeen(ContentHash content) implements Remembered {
    @Override
    public Instant forgetAt() {
      return NEVER;
    }
  }

  /** The hashes of some parts. */
  static Map<Part, ContentHash> hashes(Collection<Received> parts) {
    return parts.stream().collect(Collectors.toMap(Received::part, Received::hash));
  }
}
