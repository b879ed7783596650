package io.tokenmeter.stream;

import io.tokenmeter.ledger.Account;
import io.tokenmeter.ledger.ContentHash;
import io.tokenmeter.ledger.Part;
import io.tokenmeter.ledger.Remembered;
import io.tokenmeter.ledger.StateKey;
import io.tokenmeter.raw.OrgId;
import io.tokenmeter.raw.UsageId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/**
 * What the ledger stores, as its changelogs hold it: by its own keys and serializers, so that a
 * benchmark of restoring needn't post millions of charges first. In the ledger's package, since
 * nobody else may write its stores.
 */
public final class StoredState {
  /**
   * One record of a changelog.
   *
   * @param store whose changelog
   */
  @SuppressWarnings("ArrayRecordComponent") // bytes as they are written; nothing compares two
  public record Kept(String store, byte[] key, byte[] value) {}

  private StoredState() {}

  /** An organisation's account. */
  public static Kept account(Account account) {
    return new Kept(
        LedgerStores.ACCOUNTS,
        account.orgId().value().getBytes(StandardCharsets.UTF_8),
        LedgerStores.bytes(account).array());
  }

  /** The id of an exchange that was billed. */
  public static Kept settled(OrgId orgId, UsageId id, Instant forgetAt) {
    String key = StoreKeys.remembered(orgId, StateKey.of(id));
    Map<Part, ContentHash> hashes =
        Map.of(
            Part.REQUEST, ContentHash.ofTexts("request", key),
            Part.RESPONSE, ContentHash.ofTexts("response", key));
    return new Kept(
        LedgerStores.IDS,
        IdKeys.bytes(key),
        LedgerStores.remembered().toBytes(new Remembered.Settled(hashes, forgetAt)));
  }
}
