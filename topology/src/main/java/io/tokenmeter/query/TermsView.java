package io.tokenmeter.query;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenmeter.ledger.MonthCounter;
import io.tokenmeter.ledger.PriceTerms;
import io.tokenmeter.raw.OrgId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an organisation is charged by.
 *
 * @param org whose
 * @param unit what its amounts are in; null before its first priced charge, which fixes it
 * @param book the price book, or the plan
 * @param zone of its days and months
 * @param deployments its own names of models, with the model that each stands for
 * @param months what rates with tiers counted in the open months
 * @param sequence the last posting that it includes; 0 before the first
 * @param asOf append time of the last journal record that it includes
 */
public record TermsView(
    OrgId org,
    @Nullable String unit,
    String book,
    ZoneId zone,
    Map<String, String> deployments,
    List<MonthView> months,
    long sequence,
    Instant asOf) {
  /**
   * What a rate with tiers counted in a month.
   *
   * @param counter as a charge's line names it
   * @param month as in 2026-01
   * @param counted in the unit of the rate's meter
   */
  public record MonthView(String counter, String month, String counted) {}

  public TermsView {
    deployments = new TreeMap<>(deployments);
    months = List.copyOf(months);
  }

  static TermsView of(OrgId org, PriceTerms terms, long sequence, Instant asOf) {
    return new TermsView(
        org,
        terms.unit(),
        terms.book(),
        terms.zone(),
        terms.deployments(),
        terms.months().stream()
            .map(
                month ->
                    new MonthView(
                        month.counter(), month.month().toString(), month.counted().toPlainString()))
            .toList(),
        sequence,
        asOf);
  }

  /** The terms in a document that an instance wrote of such a view. */
  static PriceTerms read(JsonNode document) {
    Map<String, String> deployments = new TreeMap<>();
    document
        .get("deployments")
        .properties()
        .forEach(name -> deployments.put(name.getKey(), name.getValue().textValue()));
    List<MonthCounter> months = new ArrayList<>();
    document
        .get("months")
        .forEach(
            month ->
                months.add(
                    new MonthCounter(
                        month.get("counter").textValue(),
                        YearMonth.parse(month.get("month").textValue()),
                        new BigDecimal(month.get("counted").textValue()))));
    return new PriceTerms(
        document.get("book").textValue(),
        document.path("unit").textValue(),
        ZoneId.of(document.get("zone").textValue()),
        deployments,
        months);
  }
}
