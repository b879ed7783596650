package io.tokenmeter.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import io.tokenmeter.embedded.SharedBroker;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The console in a browser, beside what the API says of a pipeline that rests. */
@ExtendWith(SharedBroker.class)
class ConsoleIT {
  private static final int EXCHANGES = 240;
  private static final String ORG = "harbour-freight";
  private static final String IN_QUOTA = "night-school";

  @TempDir private static Path directory;
  private static Chromium chromium;
  private static ConsoleStand stand;
  private final List<Visit> visits = new ArrayList<>();

  @BeforeAll
  static void start() {
    Optional<Path> browser = Chromium.find();
    assumeTrue(browser.isPresent(), Chromium.MISSING);
    chromium = Chromium.start(browser.get());
    stand = ConsoleStand.after(EXCHANGES, directory, SharedBroker.prefix(ConsoleIT.class).value());
  }

  @AfterAll
  static void stop() {
    if (stand != null) {
      stand.close();
    }
    if (chromium != null) {
      chromium.close();
    }
  }

  /** Whatever else a test looks for: nothing is asked of anybody but the instance. */
  @AfterEach
  void leave() {
    for (Visit visit : visits) {
      assertThat(visit.requests()).isNotEmpty().allMatch(url -> url.startsWith(stand.url() + "/"));
      visit.close();
    }
  }

  private Visit visit(Visit.Eyes eyes) {
    Visit visit = new Visit(chromium.browser(), stand.url(), eyes);
    visits.add(visit);
    return visit;
  }

  private Visit operator() {
    return visit(Visit.Eyes.USUAL).with(stand.operator()).arrived();
  }

  @Test
  void an_organisation_sees_what_the_api_says_is_left() {
    Visit visit = visit(Visit.Eyes.USUAL).with(stand.token(ORG)).arrived();
    JsonNode balance = stand.ask("/v1/orgs/" + ORG + "/balance");

    assertThat(visit.find("h1").textContent()).isEqualTo(ORG);
    assertAmount(visit.find("#tile-balance .amount"), balance.get("balance"), 2);
    assertAmount(visit.find("#tile-available .amount"), balance.get("available"), 2);
    assertAmount(visit.find("#tile-burn .amount"), balance.get("spent_last_hour"), 2);
    assertThat(visit.find("#tile-balance .note").textContent())
        .isEqualTo("of " + text(balance.get("granted"), 2) + " granted");
    assertThat(visit.find("#as-of").textContent())
        .endsWith("Sequence " + balance.get("sequence").asText());
    List<JsonNode> grants = list(balance.get("grants"));
    assertThat(visit.find("#grants tbody tr").count()).isEqualTo(grants.size());
    for (int i = 0; i < grants.size(); i++) {
      Locator row = visit.find("#grants tbody tr").nth(i);
      assertThat(row.locator(".name").textContent())
          .isEqualTo(grants.get(i).get("grant_id").asText());
      assertAmount(row.locator(".amount"), grants.get(i).get("remaining"), 2);
    }
    assertThat(visit.complaints()).isEmpty();
  }

  private static void assertAmount(Locator shown, JsonNode value, int places) {
    assertThat(shown.getAttribute("data-amount")).isEqualTo(value.asText());
    assertThat(shown.getAttribute("title")).startsWith(allDigits(value) + " ");
    assertThat(shown.textContent()).isEqualTo(text(value, places));
  }

  /** As the page writes a figure in English. */
  private static String text(JsonNode value, int places) {
    DecimalFormat format =
        new DecimalFormat(
            "#,##0." + "0".repeat(places), DecimalFormatSymbols.getInstance(Locale.UK));
    format.setRoundingMode(RoundingMode.HALF_UP);
    return format.format(new BigDecimal(value.asText()));
  }

  private static String allDigits(JsonNode value) {
    return new DecimalFormat(
            "#,##0.####################", DecimalFormatSymbols.getInstance(Locale.UK))
        .format(new BigDecimal(value.asText()));
  }

  private static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  private static BigDecimal sum(List<JsonNode> rows, Function<JsonNode, JsonNode> of) {
    return rows.stream()
        .map(row -> new BigDecimal(of.apply(row).asText()))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  @Test
  void an_operator_sees_all_organisations_by_balance_and_by_pace() {
    Visit visit = operator();
    List<JsonNode> orgs = list(stand.ask("/v1/orgs").get("orgs"));
    Comparator<JsonNode> byBalance =
        Comparator.comparing(org -> new BigDecimal(org.get("balance").asText()));
    Comparator<JsonNode> byPace =
        Comparator.comparing(org -> new BigDecimal(org.get("spent_last_hour").asText()));

    assertOrganisations(visit, orgs.stream().sorted(byBalance).toList());
    visit.find("#all [data-value=burn]").click();
    assertOrganisations(visit, orgs.stream().sorted(byPace.reversed()).toList());
    visit.find("#find").fill("night");
    visit.expect("#organisations tbody tr").hasCount(1);
    visit.find("#organisations tbody a").click();
    visit.expect("h1").hasText(IN_QUOTA);
    assertThat(visit.complaints()).isEmpty();
  }

  private static void assertOrganisations(Visit visit, List<JsonNode> orgs) {
    visit.expect("#organisations tbody tr").hasCount(orgs.size());
    for (int i = 0; i < orgs.size(); i++) {
      Locator row = visit.find("#organisations tbody tr").nth(i);
      assertThat(row.locator("a").textContent()).isEqualTo(orgs.get(i).get("org").asText());
      assertAmount(row.locator(".amount").first(), orgs.get(i).get("balance"), 2);
      assertAmount(row.locator(".amount").last(), orgs.get(i).get("spent_last_hour"), 2);
      assertThat(row.locator(".pill").getAttribute("class"))
          .contains(orgs.get(i).get("decision").asText().equals("ALLOW") ? "good" : "bad");
    }
  }

  @Test
  void an_operator_sees_what_could_not_be_billed() {
    Visit visit = operator();
    JsonNode unpriced = stand.ask("/v1/unpriced");
    List<JsonNode> models = list(unpriced.get("models"));

    assertThat(unpriced.get("complete").asBoolean()).isTrue();
    assertThat(models).extracting(m -> m.get("model").asText()).containsExactly("orion-preview");
    // A request and its answer each.
    assertThat(2 * sum(models, m -> m.get("usages")).longValue())
        .isEqualTo(stand.metric("tokenmeter_facts", "unpriced"));
    assertThat(visit.find("#count-unpriced").textContent())
        .isEqualTo(sum(models, m -> m.get("usages")).toPlainString());
    assertThat(visit.find("#unpriced-list tbody tr").textContent())
        .startsWith("orion-preview")
        .endsWith(models.get(0).get("usages").asText());
    assertThat(visit.find("#count-unmatched").textContent())
        .isEqualTo("" + stand.metric("tokenmeter_facts", "unmatched"));
    assertThat(visit.find("#count-rejected").textContent())
        .isEqualTo("" + stand.metric("tokenmeter_rejected_total", "reason"));
    assertThat(visit.find("#lag-median").textContent()).startsWith("≤ ");
    Locator drift = visit.find("#drift-list tbody tr").first();
    String model = drift.locator(".name").textContent();
    assertThat(drift.locator("td").first().textContent())
        .isEqualTo(
            "%,d".formatted(stand.metric("tokenmeter_drift_reported_total", '"' + model + '"')));
    assertThat(drift.locator("td").nth(1).textContent())
        .isEqualTo(
            "%,d".formatted(stand.metric("tokenmeter_drift_counted_total", '"' + model + '"')));
    assertThat(visit.complaints()).isEmpty();
  }

  @Test
  void usage_is_the_apis_by_model_and_by_billing_type_in_every_window() {
    Visit visit = visit(Visit.Eyes.USUAL).with(stand.token(ORG)).arrived();

    assertUsage(visit, "model", "last24", "hour");
    visit.find("#usage [data-value=billing_type]").click();
    assertUsage(visit, "billing_type", "last24", "hour");
    visit.find("#usage-window").selectOption("last30");
    assertUsage(visit, "billing_type", "last30", "day");
    visit.find("#usage-window").selectOption("last12");
    assertUsage(visit, "billing_type", "last12", "month");
    visit.find("#usage [data-value=meter]").click();
    assertUsage(visit, "meter", "last12", "month");
    visit.find("#usage [data-value=model]").click();
    visit.find("#usage-window").selectOption("last7");
    assertUsage(visit, "model", "last7", "hour");
    assertThat(visit.complaints()).isEmpty();
    visit.find("#usage [data-value=user]").click();
    visit.expect("#usage .empty").containsText("This usage is not kept.");
    visit.expect("#usage .empty").containsText("`tokenmeter org --usage-by user`");
  }

  private static void assertUsage(Visit visit, String by, String span, String window) {
    visit.expect("#usage[data-shown='" + by + " " + span + "']").isVisible();
    List<JsonNode> rows =
        list(stand.ask("/v1/orgs/" + ORG + "/usage?window=" + window + "&by=" + by).get("rows"));
    BigDecimal all = sum(rows, row -> row.get("amount"));
    assertThat(new BigDecimal(visit.find("#usage-total .amount").getAttribute("data-amount")))
        .isEqualByComparingTo(all);
    List<Locator> shown = visit.find("#usage-legend tbody tr").all();
    BigDecimal seen = BigDecimal.ZERO;
    for (Locator row : shown) {
      String name = row.locator("th").textContent();
      BigDecimal amount = new BigDecimal(row.locator(".amount").getAttribute("data-amount"));
      seen = seen.add(amount);
      List<JsonNode> own =
          rows.stream().filter(one -> one.path(by).asText("free of charge").equals(name)).toList();
      if (!name.equals("Others")) {
        assertThat(amount).as(name).isEqualByComparingTo(sum(own, one -> one.get("amount")));
        if (!by.equals("meter")) {
          assertThat(row.locator("td").first().textContent())
              .as(name)
              .isEqualTo(sum(own, one -> one.get("charges")).toPlainString());
        }
      }
    }
    assertThat(seen).isEqualByComparingTo(all);
    assertThat(visit.find("[data-meter=input_tokens]").textContent())
        .isEqualTo(
            "%,d"
                .formatted(
                    rows.stream()
                        .mapToLong(row -> row.path("quantities").path("input_tokens").asLong())
                        .sum()));
  }

  @Test
  void quotas_are_bars_with_what_is_used_of_what() {
    Visit visit = visit(Visit.Eyes.USUAL).with(stand.token(IN_QUOTA)).arrived();
    List<JsonNode> quotas = list(stand.ask("/v1/orgs/" + IN_QUOTA + "/quotas").get("quotas"));

    assertThat(quotas).isNotEmpty();
    for (JsonNode quota : quotas) {
      Locator bar = visit.find("[data-quota='" + quota.get("quota_id").asText() + "']");
      assertThat(bar.locator("[data-amount]").getAttribute("data-amount"))
          .isEqualTo(quota.get("used").asText());
      assertThat(bar.locator("[data-amount]").textContent()).isEqualTo(text(quota.get("used"), 4));
      assertThat(bar.textContent()).contains("of " + allDigits(quota.get("limit")) + " credit");
      assertThat(bar.locator("meter").getAttribute("value")).isEqualTo("1");
      assertThat(bar.textContent()).contains("Used up");
    }
    assertThat(visit.find("#tile-may-call .pill").textContent()).isEqualTo("Quota used up: daily");
    assertThat(visit.complaints()).isEmpty();
  }

  @Test
  void a_quota_of_each_model_shows_those_that_used_most() {
    Visit visit = visit(Visit.Eyes.USUAL).with(stand.token(ORG)).arrived();
    List<JsonNode> subjects =
        list(stand.ask("/v1/orgs/" + ORG + "/quotas/each-model").get("subjects")).stream()
            .sorted(
                Comparator.comparing((JsonNode one) -> new BigDecimal(one.get("used").asText()))
                    .reversed())
            .toList();

    assertThat(subjects).hasSizeGreaterThan(5);
    assertThat(visit.find("[data-subject]").count()).isEqualTo(5);
    for (int i = 0; i < 5; i++) {
      Locator shown = visit.find("[data-subject]").nth(i);
      assertThat(shown.locator(".name").textContent())
          .isEqualTo(subjects.get(i).get("subject").asText());
      assertThat(shown.locator("[data-amount]").getAttribute("data-amount"))
          .isEqualTo(subjects.get(i).get("used").asText());
    }
    assertThat(visit.find("[data-quota=each-model]").textContent())
        .endsWith("and " + (subjects.size() - 5) + " others");
  }

  @Test
  void charges_are_listed_and_each_tells_what_it_was_made_of() {
    Visit visit = visit(Visit.Eyes.USUAL).with(stand.token(ORG)).arrived();
    List<JsonNode> charges =
        list(stand.ask("/v1/orgs/" + ORG + "/charges?limit=25").get("charges"));

    visit.expect("#charges tbody tr").hasCount(charges.size());
    for (int i = 0; i < charges.size(); i++) {
      Locator row = visit.find("#charges tbody tr").nth(i);
      assertAmount(row.locator(".amount"), charges.get(i).get("amount"), 6);
      assertThat(row.locator("td").last().textContent())
          .isEqualTo(charges.get(i).get("usage_id").asText());
    }
    JsonNode charge =
        charges.stream().filter(one -> one.get("lines").size() > 1).findFirst().orElseThrow();
    visit.find("[data-usage='" + charge.get("usage_id").asText() + "']").click();
    visit.expect("#charge .steps").isVisible();
    assertProvenance(visit.find("#charge"), charge);
    assertThat(visit.complaints()).isEmpty();
  }

  private static void assertProvenance(Locator sheet, JsonNode charge) {
    assertThat(sheet.locator(".head [data-amount]").textContent())
        .isEqualTo(allDigits(charge.get("amount")) + " credit");
    List<JsonNode> lines = list(charge.get("lines"));
    assertThat(sheet.locator("[data-line]").allTextContents())
        .containsExactlyElementsOf(lines.stream().map(l -> allDigits(l.get("amount"))).toList());
    List<String> rows = sheet.locator("tbody tr").allTextContents();
    for (JsonNode line : lines) {
      assertThat(rows)
          .anyMatch(
              row ->
                  row.contains(line.get("meter").asText())
                      && row.contains(line.get("rule").asText())
                      && row.contains(allDigits(line.get("price")))
                      && row.contains("per " + allDigits(line.get("per"))));
    }
    for (JsonNode reading : charge.get("readings")) {
      assertThat(rows)
          .anyMatch(
              row ->
                  row.startsWith(reading.get("meter").asText())
                      && row.contains(
                          reading.path("provenance").asText().equals("REPORTED")
                              ? "the provider's report"
                              : "our "));
    }
    assertThat(sheet.locator(".chosen").allTextContents())
        .containsExactlyElementsOf(
            list(charge.get("readings")).stream()
                .filter(reading -> reading.has("billed"))
                .map(reading -> allDigits(reading.get("billed")))
                .toList());
    assertThat(sheet.locator("[data-before]").textContent())
        .isEqualTo(allDigits(charge.get("balance_before")));
    assertThat(sheet.locator("[data-after]").textContent())
        .isEqualTo(allDigits(charge.get("balance_after")));
    assertThat(sheet.locator("[data-drawn]").allTextContents())
        .containsExactlyElementsOf(
            list(charge.get("grants_drawn")).stream()
                .map(draw -> allDigits(draw.get("amount")))
                .toList());
    for (String origin : List.of("request_origin", "response_origin")) {
      JsonNode at = charge.get(origin);
      assertThat(sheet.locator(".origin").allTextContents())
          .anyMatch(
              line ->
                  line.endsWith(
                      "%spartition %soffset %s"
                          .formatted(
                              at.get("topic").asText(),
                              at.get("partition").asText(),
                              at.get("offset").asText())));
    }
    assertThat(sheet.textContent())
        .contains(
            charge.get("price_version").asText(),
            charge.get("priced_model").asText(),
            charge.get("matched_name").asText());
  }

  @Test
  void everything_can_be_done_with_the_keyboard_alone() {
    Visit visit = visit(Visit.Eyes.USUAL).with(stand.token(ORG)).arrived();
    Keyboard keyboard = new Keyboard(visit);

    keyboard.next("#skip");
    keyboard.next(".brand");
    keyboard.next("#where a");
    keyboard.next("#language");
    keyboard.next("#theme");
    keyboard.next("#leave");
    keyboard.until("#usage [data-value=billing_type]");
    keyboard.press("Enter");
    visit.expect("#usage[data-shown='billing_type last24']").isVisible();
    keyboard.until("#charges [data-usage]");
    String usage = visit.find("#charges [data-usage]").first().getAttribute("data-usage");
    keyboard.press("Enter");
    visit.expect("#charge").isVisible();
    visit.expect("#charge .steps").isVisible();
    visit.expect("#charge .head button").isFocused();
    keyboard.press("Escape");
    visit.expect("#charge").isHidden();
    visit.expect("[data-usage='" + usage + "']").isFocused();
    assertThat(visit.page().url()).endsWith("#/org/" + ORG);
    assertThat(visit.complaints()).isEmpty();
  }

  @Test
  void the_skip_link_leads_to_the_figures() {
    Visit visit = visit(Visit.Eyes.USUAL).with(stand.token(ORG)).arrived();
    Keyboard keyboard = new Keyboard(visit);

    keyboard.next("#skip");
    keyboard.press("Enter");
    visit.expect("main").isFocused();
    visit.expect("#tile-balance").isVisible();
  }

  @Test
  void an_event_appears_as_it_happens() {
    Visit visit = visit(Visit.Eyes.USUAL).with(stand.token("atelier-lumiere")).arrived();
    visit.expect("#event-state").hasText("Live");
    JsonNode balance = stand.ask("/v1/orgs/atelier-lumiere/balance");
    BigDecimal level = new BigDecimal(balance.at("/low_balance_levels/0").asText());
    BigDecimal left = new BigDecimal(balance.get("balance").asText());
    assertThat(left).isGreaterThan(level);

    stand.adjust(
        "atelier-lumiere", "below", level.subtract(left).subtract(BigDecimal.ONE).toPlainString());

    visit.expect("#events li .pill").hasText("Balance is low");
    assertThat(visit.find("#events li p").textContent())
        .isEqualTo("249.0000 credit left, level 250");
    visit.expect("#tile-balance .amount").hasText("249.00");
    assertThat(visit.complaints()).isEmpty();
  }

  @Test
  void in_persian_the_page_reads_from_right_to_left() {
    for (Visit.Eyes eyes : List.of(Visit.Eyes.USUAL, Visit.Eyes.USUAL.phone())) {
      Visit visit = visit(eyes.in("fa-IR")).with(stand.token(ORG)).arrived();

      visit.expect("html").hasAttribute("dir", "rtl");
      visit.expect("html").hasAttribute("lang", "fa");
      assertThat(visit.overhang()).isLessThanOrEqualTo(0);
      assertThat(visit.find("h2").allTextContents()).contains("مانده در طول زمان", "هزینه‌ها");
      double brand = visit.find(".brand").boundingBox().x;
      assertThat(brand).isGreaterThan(visit.find(".settings").boundingBox().x);
      if (eyes.width() > Visit.Eyes.USUAL.phone().width()) {
        assertThat(visit.find("#history").boundingBox().x)
            .isGreaterThan(visit.find("#quotas").boundingBox().x);
        assertThat(visit.find("#charges thead th").first().boundingBox().x)
            .isGreaterThan(visit.find("#charges thead th").last().boundingBox().x);
      }
      String shown = visit.find("#tile-balance .amount").textContent();
      JsonNode balance = stand.ask("/v1/orgs/" + ORG + "/balance").get("balance");
      assertThat(latin(shown)).isEqualTo(text(balance, 2));
      assertThat(visit.complaints()).isEmpty();
    }
  }

  private static String latin(String persian) {
    StringBuilder digits = new StringBuilder();
    persian
        .chars()
        .forEach(
            c ->
                digits.append(
                    c == '٫'
                        ? "."
                        : c == '٬'
                            ? ","
                            : Character.isDigit(c) ? "" + Character.digit(c, 10) : "" + (char) c));
    return digits.toString();
  }

  @Test
  void every_view_speaks_every_language() {
    List<String> english = headings("en-GB");
    for (String language : List.of("fa-IR", "zh-CN", "fr-FR")) {
      List<String> headings = headings(language);
      assertThat(headings).as(language).hasSameSizeAs(english);
      assertThat(headings).as(language).noneMatch(String::isBlank);
      long same =
          IntStream.range(0, english.size())
              .filter(i -> english.get(i).equals(headings.get(i)))
              .count();
      // Organisations, quotas and charges are French, too.
      assertThat(same).as(language).isLessThan(language.equals("fr-FR") ? english.size() / 4 : 1);
    }
  }

  /** Of all views; a word that is missing would be an error of the page's. */
  private List<String> headings(String language) {
    Visit visit = visit(Visit.Eyes.USUAL.in(language)).with(stand.operator()).arrived();
    List<String> headings = new ArrayList<>(visit.find("h2, th[scope=col]").allTextContents());
    visit.at(IN_QUOTA);
    headings.addAll(
        visit
            .find("h2, dt:not(:has(code)), #usage-legend thead th, #charges thead th")
            .allTextContents());
    visit.find("#charges [data-usage]").first().click();
    visit.expect("#charge .steps").isVisible();
    headings.addAll(visit.find("#charge h3, #charge th[scope=col]").allTextContents());
    visit.page().keyboard().press("Escape");
    visit.find("#leave").click();
    headings.add(visit.find("h1").textContent());
    assertThat(visit.complaints()).as(language).isEmpty();
    return headings;
  }

  @Test
  void text_stands_out_in_light_and_in_dark() {
    for (Visit.Eyes eyes : List.of(Visit.Eyes.USUAL, Visit.Eyes.USUAL.dark())) {
      Visit visit = visit(eyes).with(stand.operator()).arrived();
      assertThat(Contrast.tooLow(visit)).as(eyes + ", all").isEmpty();
      visit.at(IN_QUOTA);
      assertThat(Contrast.tooLow(visit)).as(eyes + ", one").isEmpty();
      visit.find("#charges [data-usage]").first().click();
      visit.expect("#charge .steps").isVisible();
      assertThat(Contrast.tooLow(visit)).as(eyes + ", charge").isEmpty();
      visit.page().keyboard().press("Escape");
      visit.find("#leave").click();
      visit.expect("#token").isVisible();
      assertThat(Contrast.tooLow(visit)).as(eyes + ", signing in").isEmpty();
    }
  }

  @Test
  void the_button_turns_the_light_off_and_it_stays_so() {
    Visit visit = visit(Visit.Eyes.USUAL).with(stand.token(ORG)).arrived();
    String light = background(visit);

    visit.find("#theme").click();
    visit.arrived();
    assertThat(background(visit)).isNotEqualTo(light);
    visit.page().reload();
    visit.arrived();
    assertThat(background(visit)).isNotEqualTo(light);
  }

  private static String background(Visit visit) {
    return (String) visit.page().evaluate("() => getComputedStyle(document.body).backgroundColor");
  }

  @Test
  void a_phone_shows_every_view_without_scrolling_sideways() {
    for (String language : List.of("en-GB", "fa-IR", "zh-CN", "fr-FR")) {
      Visit visit = visit(Visit.Eyes.USUAL.in(language).phone()).with(stand.operator()).arrived();
      assertThat(visit.overhang()).as(language + ", all").isLessThanOrEqualTo(0);
      visit.at(IN_QUOTA);
      assertThat(visit.overhang()).as(language + ", one").isLessThanOrEqualTo(0);
      visit.find("#charges [data-usage]").first().click();
      visit.expect("#charge .steps").isVisible();
      assertThat(visit.overhang()).as(language + ", charge").isLessThanOrEqualTo(0);
      visit.page().keyboard().press("Escape");
      visit.find("#leave").click();
      visit.expect("#token").isVisible();
      assertThat(visit.overhang()).as(language + ", signing in").isLessThanOrEqualTo(0);
    }
  }

  @Test
  void a_wrong_token_is_told_what_to_do() {
    Visit visit = visit(Visit.Eyes.USUAL).with("tm_wrong");

    visit.expect("[role=alert]").containsText("This token opens nothing here.");
    visit.expect("[role=alert]").containsText("Enter one that this instance knows.");
    visit.expect("main").containsText("./tokenmeter token");
    visit.expect("#token").isFocused();
    visit.find("#token").fill(stand.token(ORG));
    visit.page().keyboard().press("Enter");
    visit.arrived();
    visit.expect("h1").hasText(ORG);
    assertThat(visit.page().url()).doesNotContain("tm_");
    assertThat(visit.requests()).noneMatch(url -> url.contains("tm_"));
  }

  @Test
  void an_organisation_sees_no_other_and_nothing_of_the_operators() {
    Visit visit = visit(Visit.Eyes.USUAL).with(stand.token(ORG)).arrived();

    visit.expect("h1").hasText(ORG);
    visit.expect("#where a").hasCount(1);
    visit.expect("#organisations").hasCount(0);
    assertThat(visit.requests())
        .noneMatch(
            url ->
                url.contains("/v1/orgs?")
                    || url.contains("/metrics")
                    || url.contains("/v1/unpriced"));
    visit.page().navigate(stand.url() + "/#/org/" + IN_QUOTA);
    visit.expect("[role=alert]").containsText("Your token doesn't open this.");
    visit.expect("#tile-balance").hasCount(0);
    visit.expect("[data-amount]").hasCount(0);
  }

  @Test
  void whoever_looks_while_the_instance_is_away_is_told() {
    Visit visit = visit(Visit.Eyes.USUAL).with(stand.token(ORG)).arrived();
    visit.page().route("**/v1/**", route -> route.abort());

    visit.expect(".stale").containsText("These figures are not the newest:");
    visit.expect("#tile-balance").isVisible();
    visit.page().reload();
    visit.expect("[role=alert]").containsText("The instance doesn't answer.");
    visit.page().unroute("**/v1/**");
    visit.find("[role=alert] button").click();
    visit.arrived();
    visit.expect("h1").hasText(ORG);
  }

  @Test
  void a_chart_is_a_table_too() {
    Visit visit = visit(Visit.Eyes.USUAL).with(stand.token(ORG)).arrived();
    JsonNode charges = stand.ask("/v1/orgs/" + ORG + "/charges?limit=100").get("charges");

    visit.find("#balance-table summary").click();
    assertThat(visit.find("#balance-table tbody tr").count()).isEqualTo(charges.size());
    assertThat(visit.find("#balance-table tbody tr").first().locator("td").last().textContent())
        .isEqualTo(allDigits(charges.get(0).get("balance_after")));
    visit.find("#usage-table summary").click();
    visit.expect("#usage-table tbody tr").not().hasCount(0);
    assertThat(visit.find(".chart[role=img]").all())
        .allMatch(chart -> !chart.getAttribute("aria-label").isBlank());
    for (String landmark :
        List.of("header", "nav[aria-label]", "main", "section[aria-labelledby]")) {
      assertThat(visit.find(landmark).count()).as(landmark).isPositive();
    }
  }
}
