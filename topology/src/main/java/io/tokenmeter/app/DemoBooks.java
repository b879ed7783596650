package io.tokenmeter.app;

import io.tokenmeter.app.demo.DemoOrg;
import io.tokenmeter.ledger.Command;
import io.tokenmeter.ledger.CommandId;
import io.tokenmeter.ledger.ConfigureOrg;
import io.tokenmeter.ledger.GrantCredits;
import io.tokenmeter.ledger.GrantId;
import io.tokenmeter.ledger.GrantKind;
import io.tokenmeter.ledger.Instruction;
import io.tokenmeter.ledger.LowBalanceLevels;
import io.tokenmeter.ledger.QuotaId;
import io.tokenmeter.ledger.QuotaMeter;
import io.tokenmeter.ledger.QuotaScope;
import io.tokenmeter.ledger.QuotaSetting;
import io.tokenmeter.ledger.QuotaWindow;
import io.tokenmeter.rated.Amount;
import io.tokenmeter.raw.OrgId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Opens the accounts of the demo's customers. */
final class DemoBooks {
  private static final int PURCHASED = 100;
  private static final int PROMOTED = 10;
  private static final List<Integer> WARNINGS = List.of(80);

  private DemoBooks() {}

  /**
   * Configures and grants.
   *
   * @return how many commands that took
   */
  static int open(Publisher publisher, Instant now) {
    int sent = 0;
    for (DemoOrg org : DemoOrg.ALL) {
      OrgId id = new OrgId(org.id());
      publisher.send(
          id, command("first", now, grant("first", org.credits(), GrantKind.PURCHASE, now, null)));
      publisher.send(id, command("settings", now, settings(org)));
      sent += 2;
      Optional<BigDecimal> promotion = org.promotion();
      if (promotion.isPresent()) {
        Instant end = now.plus(DemoOrg.PROMOTION_LASTS);
        GrantCredits gift = grant("welcome", promotion.get(), GrantKind.PROMOTION, now, end);
        publisher.send(id, command("welcome", now, gift));
        sent++;
      }
    }
    return sent;
  }

  private static Command command(String id, Instant now, Instruction instruction) {
    return new Command(new CommandId(id), now, instruction);
  }

  private static ConfigureOrg settings(DemoOrg org) {
    List<QuotaSetting> quotas = new ArrayList<>();
    org.dailyQuota()
        .map(Amount::new)
        .ifPresent(
            limit ->
                quotas.add(
                    QuotaSetting.spend(
                        new QuotaId("daily"), QuotaWindow.DAY, limit, WARNINGS, true)));
    org.modelBudget()
        .map(Amount::new)
        .ifPresent(
            limit ->
                quotas.add(
                    new QuotaSetting(
                        new QuotaId("each-model"),
                        QuotaScope.MODEL,
                        null,
                        QuotaMeter.SPEND,
                        QuotaWindow.MONTH,
                        limit,
                        WARNINGS,
                        false,
                        List.of())));
    return new ConfigureOrg(
        null,
        ZoneId.of(org.zone()),
        LowBalanceLevels.at(List.of(new Amount(org.lowBalance()))),
        quotas,
        null,
        null,
        null,
        null,
        Map.of(),
        Set.of());
  }

  private static GrantCredits grant(
      String id, BigDecimal amount, GrantKind kind, Instant now, @Nullable Instant expiresAt) {
    int priority = kind == GrantKind.PROMOTION ? PROMOTED : PURCHASED;
    return new GrantCredits(
        new GrantId(id), new Amount(amount), kind, priority, now, expiresAt, null, null);
  }
}
