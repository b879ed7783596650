package io.tokenmeter.bench;

import io.tokenmeter.measured.Measure;
import io.tokenmeter.measured.Measured;
import io.tokenmeter.measured.Metered;
import io.tokenmeter.measured.Result;
import io.tokenmeter.measured.count.Counters;
import io.tokenmeter.raw.OrgId;
import io.tokenmeter.raw.Origin;
import io.tokenmeter.schema.JournalEntry;
import io.tokenmeter.wire.ContentHasher;
import io.tokenmeter.wire.EntryCodec;
import io.tokenmeter.wire.RawCodec;
import java.time.Instant;
import java.util.List;

/** Makes of exchanges what measure makes of them. One to a thread. */
final class FactMaker {
  private static final Origin NOWHERE = new Origin("llm.requests", 0, 0);

  private final Measure measure = new Measure(Counters.shared());
  private final ContentHasher hasher = new ContentHasher();

  /** The request's entry of the journal and the answer's. */
  List<JournalEntry> entries(Traffic.Exchange exchange) {
    Instant now = Instant.now();
    return List.of(
        entry(
            exchange,
            hasher.hash(exchange.request()),
            measure.request(RawCodec.request(exchange.request()), now)),
        entry(
            exchange,
            hasher.hash(exchange.response()),
            measure.response(RawCodec.response(exchange.response()), now)));
  }

  private static JournalEntry entry(
      Traffic.Exchange exchange, byte[] hash, Result<? extends Measured> result) {
    if (result instanceof Metered<?> metered) {
      return EntryCodec.metered(new OrgId(exchange.org()), hash, NOWHERE, metered.fact());
    }
    throw new BenchFailure("an exchange of the benchmark's own can't be measured: " + result);
  }
}
