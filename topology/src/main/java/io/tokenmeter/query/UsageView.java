package io.tokenmeter.query;

import io.tokenmeter.raw.OrgId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an organisation used, a page of it.
 *
 * @param org whose
 * @param unit what every amount here is in
 * @param window {@code hour}, {@code day} or {@code month}
 * @param zone of days and months
 * @param from windows that begin at or after it
 * @param to and before it
 * @param by what the windows are split by; null when they aren't
 * @param rows by start, then by group; a window without usage has none
 * @param next the path and query of the next page; null on the last
 * @param sequence every posting up to it is included; later ones may be
 * @param asOf append time of the journal record of that posting, or of a later record
 */
public record UsageView(
    OrgId org,
    String unit,
    String window,
    ZoneId zone,
    Instant from,
    Instant to,
    @Nullable String by,
    List<UsageRow> rows,
    @Nullable String next,
    long sequence,
    Instant asOf) {
  public UsageView {
    rows = List.copyOf(rows);
  }

  /** The page of the rows that the query asks for. */
  static UsageView page(
      OrgId org,
      String unit,
      ZoneId zone,
      UsageQuery query,
      List<UsageRow> all,
      long sequence,
      Instant asOf) {
    List<UsageRow> rest = all.stream().filter(query::isWanted).toList();
    boolean more = rest.size() > query.limit();
    List<UsageRow> rows = more ? rest.subList(0, query.limit()) : rest;
    return new UsageView(
        org,
        unit,
        query.window().wireName(),
        zone,
        query.from(),
        query.to(),
        query.by() == null ? null : query.by().wireName(),
        rows,
        more ? query.nextPath(org, rows.get(rows.size() - 1)) : null,
        sequence,
        asOf);
  }
}
