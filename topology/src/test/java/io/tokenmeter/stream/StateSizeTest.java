package io.tokenmeter.stream;

import static io.tokenmeter.ledger.Desk.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.events.WatchedLedger;
import io.tokenmeter.ledger.Account;
import io.tokenmeter.ledger.ConfigureOrg;
import io.tokenmeter.ledger.Desk;
import io.tokenmeter.ledger.Facts;
import io.tokenmeter.ledger.LowBalanceLevels;
import io.tokenmeter.ledger.Market;
import io.tokenmeter.ledger.QuotaId;
import io.tokenmeter.ledger.QuotaSetting;
import io.tokenmeter.ledger.QuotaWindow;
import io.tokenmeter.ledger.Remembered;
import io.tokenmeter.ledger.StateKey;
import io.tokenmeter.measured.Outcome;
import io.tokenmeter.rated.Amount;
import io.tokenmeter.raw.UsageId;
import io.tokenmeter.schema.AccountState;
import io.tokenmeter.wire.AccountCodec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the ledger keeps, in bytes before compression; the figures are in the operating notes. */
class StateSizeTest {
  private static final int ORGANISATION_BYTES = 1024;
  private static final int ID_BYTES = 60;

  private final Market market = new Market();
  private final WatchedLedger ledger = new WatchedLedger(market.ledger(Desk.DEFAULTS));
  private final Desk desk =
      new Desk((account, memory, entry) -> ledger.apply(account, memory, entry, Market.NO_LOOKUP));

  @Test
  void keepsAKibibyteForAnOrganisationAndAFewDozenBytesForAnId() {
    for (int i = 0; i < 5; i++) {
      market.offer("openai/gpt-4.1-" + i, "0.000123", Instant.MIN);
    }
    desk.command(
        NOON,
        new ConfigureOrg(
            null,
            null,
            new LowBalanceLevels(List.of(Amount.of("10")), List.of(20), 5),
            List.of(quota("daily", QuotaWindow.DAY), quota("monthly", QuotaWindow.MONTH)),
            null,
            null,
            null,
            null,
            Map.of(),
            Set.of()));
    desk.command(NOON, Desk.grant("included-2026-05", "1000", NOON, NOON.plusSeconds(2_678_400)));
    desk.command(NOON, Desk.grant("order-7f9c2b", "500.5", NOON, null));
    String id = "";
    for (int i = 0; i < 500; i++) {
      id = "chatcmpl-0f4e9a6b-52c1-4d0c-9a57-%06d".formatted(i);
      String model = "openai/gpt-4.1-" + i % 5;
      Instant at = NOON.plusSeconds(i * 10L);
      desk.take(at, 2 * i, Facts.request(id, model, 1200, at, Set.of()));
      desk.take(at, 2 * i + 1, Facts.response(id, model, 345, Outcome.OK, at, Set.of()));
    }
    StateKey key = StateKey.of(new UsageId(id));
    int account = accountBytes(desk.account());
    int settled = idBytes(desk.recall(key).orElseThrow());
    int keyBytes = IdKeys.bytes(StoreKeys.remembered(Desk.ORG, key)).length;
    System.out.printf(
        "StateSizeTest: an organisation %d bytes; an exchange's id %d + key %d bytes%n",
        account, settled, keyBytes);
    assertThat(account).isLessThanOrEqualTo(ORGANISATION_BYTES);
    assertThat(settled + keyBytes)
        .as("two hashes of 16 bytes, a time and what they are; and a hash and its mark")
        .isLessThanOrEqualTo(ID_BYTES);
  }

  private static QuotaSetting quota(String id, QuotaWindow window) {
    return QuotaSetting.spend(new QuotaId(id), window, Amount.of("100"), List.of(80, 95), true);
  }

  private static int accountBytes(Account account) {
    return new StateSerde<Account, AccountState>(
            List.of(AccountState.getClassSchema()), AccountCodec::encode, AccountCodec::decode)
        .toBytes(account)
        .length;
  }

  private static int idBytes(Remembered remembered) {
    return LedgerStores.remembered().toBytes(remembered).length;
  }
}
