package io.tokenmeter.query;

import io.tokenmeter.rated.Amount;
import io.tokenmeter.raw.OrgId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What those within an organisation have left of a quota, a page of it.
 *
 * @param org whose
 * @param unit what amounts of money here are in
 * @param quota with its present window
 * @param subjects those that used some of it in that window, by the bytes of their names; none of a
 *     quota of the organisation itself
 * @param next the path and query of the next page; null on the last
 * @param sequence every posting up to it is included; later ones may be
 * @param asOf append time of the journal record of that posting, or of a later record
 */
public record QuotaSubjectsView(
    OrgId org,
    String unit,
    QuotaView quota,
    List<Used> subjects,
    @Nullable String next,
    long sequence,
    Instant asOf) {
  /**
   * What one of them used.
   *
   * @param subject the project, user, key or model
   * @param used in the window, in the meter's unit; may be more than the limit
   * @param left the rest, 0 or more
   */
  public record Used(String subject, Amount used, Amount left) {}

  public QuotaSubjectsView {
    subjects = List.copyOf(subjects);
  }
}
