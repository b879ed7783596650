package io.tokenmeter.ledger;

import io.tokenmeter.measured.Meter;
import io.tokenmeter.raw.OrgId;
import io.tokenmeter.raw.UsageId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A usage waits for a price.
 *
 * @param orgId the organisation
 * @param id the usage
 * @param book the price book that has no price
 * @param model the model asked for; null when none was named
 * @param responseModel the model that answered; null when none was named
 * @param missing the meters without a rate; empty when the book has no price for the model then, or
 *     one in another unit than the account's
 * @param occurredAt when it was used
 * @param parkedAt append time of the entry that found it without a price
 */
public record UnpricedNotice(
    OrgId orgId,
    UsageId id,
    String book,
    @Nullable String model,
    @Nullable String responseModel,
    List<Meter> missing,
    Instant occurredAt,
    Instant parkedAt)
    implements Output {
  public UnpricedNotice {
    missing = List.copyOf(missing);
  }
}
