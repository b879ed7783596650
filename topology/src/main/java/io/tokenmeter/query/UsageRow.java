package io.tokenmeter.query;

import io.tokenmeter.rated.Amount;
import io.tokenmeter.raw.Quantity;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was used in one window, in all or of one group.
 *
 * @param start the window's first instant
 * @param end the first instant after it
 * @param model the group when split by model, as the price book names it; null otherwise, and for
 *     charges that were free by policy
 * @param billingType the group when split by billing type; null otherwise
 * @param meter the group when split by meter; null otherwise
 * @param project the group when split by project; null otherwise, and for charges that name none,
 *     as with the two that follow
 * @param user the group when split by user
 * @param apiKey the group when split by key
 * @param charges how many charges, those of amount 0 included; null when split by meter, as are the
 *     corrections: a charge has lines of many meters
 * @param amount their sum, in the unit of the answer; when split by meter, what the meter cost
 * @param corrections how many of the charges occurred in an earlier window that was closed already
 * @param corrected what of the amount is theirs
 * @param quantities what was billed, by the meter's name
 * @param amounts what each meter cost, by its name; they add up to the amount
 */
public record UsageRow(
    Instant start,
    Instant end,
    @Nullable String model,
    @Nullable String billingType,
    @Nullable String meter,
    @Nullable String project,
    @Nullable String user,
    @Nullable String apiKey,
    @Nullable Long charges,
    Amount amount,
    @Nullable Long corrections,
    @Nullable Amount corrected,
    Map<String, Quantity> quantities,
    Map<String, Amount> amounts) {
  public UsageRow {
    amounts = Collections.unmodifiableMap(new TreeMap<>(amounts));
    quantities = Collections.unmodifiableMap(new TreeMap<>(quantities));
  }
}
