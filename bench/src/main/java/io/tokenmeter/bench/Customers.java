package io.tokenmeter.bench;

import io.tokenmeter.ledger.Command;
import io.tokenmeter.ledger.CommandId;
import io.tokenmeter.ledger.ConfigureOrg;
import io.tokenmeter.ledger.GrantCredits;
import io.tokenmeter.ledger.GrantId;
import io.tokenmeter.ledger.GrantKind;
import io.tokenmeter.ledger.Instruction;
import io.tokenmeter.ledger.LowBalanceLevels;
import io.tokenmeter.ledger.QuotaId;
import io.tokenmeter.ledger.QuotaSetting;
import io.tokenmeter.ledger.QuotaWindow;
import io.tokenmeter.rated.Amount;
import io.tokenmeter.raw.OrgId;
import io.tokenmeter.raw.Origin;
import io.tokenmeter.schema.JournalEntry;
import io.tokenmeter.wire.CommandCodec;
import io.tokenmeter.wire.ContentHasher;
import io.tokenmeter.wire.EntryCodec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What every organisation of the benchmarks has: two grants to draw on, levels at which it is
 * warned of its balance, and a quota for the day and one for the month.
 */
final class Customers {
  private static final Origin NOWHERE = new Origin("", 0, 0);

  private final ContentHasher hasher = new ContentHasher();

  /** An organisation's commands as entries of the journal. */
  List<JournalEntry> commands(String org, Instant at) {
    return List.of(
        entry(org, "settings", at, settings()),
        entry(org, "included", at, grant("included-2026-01", "100000", at)),
        entry(org, "order", at, grant("order-7f9c2b", "500000.5", at)));
  }

  private JournalEntry entry(String org, String id, Instant at, Instruction instruction) {
    var command =
        CommandCodec.encode(new OrgId(org), new Command(new CommandId(id), at, instruction));
    return EntryCodec.command(hasher.hash(command), NOWHERE, command);
  }

  private static ConfigureOrg settings() {
    return new ConfigureOrg(
        null,
        null,
        new LowBalanceLevels(List.of(Amount.of("10")), List.of(20), 5),
        List.of(quota("daily", QuotaWindow.DAY), quota("monthly", QuotaWindow.MONTH)),
        null,
        null,
        null,
        null,
        Map.of(),
        Set.of());
  }

  private static QuotaSetting quota(String id, QuotaWindow window) {
    return QuotaSetting.spend(
        new QuotaId(id), window, Amount.of("1000000"), List.of(80, 95), /* hard= */ true);
  }

  private static GrantCredits grant(String id, String amount, Instant at) {
    return new GrantCredits(
        new GrantId(id), Amount.of(amount), GrantKind.PURCHASE, 100, at, null, null, null);
  }
}
