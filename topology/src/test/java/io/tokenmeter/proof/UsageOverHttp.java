package io.tokenmeter.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The usage windows of all organisations as instances answer for them. */
final class UsageOverHttp {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** How far back each kind of window is asked for. */
  private static final Map<String, Duration> BACK =
      Map.of("hour", Duration.ofDays(7), "day", Duration.ofDays(60), "month", Duration.ofDays(200));

  private final Scene scene;
  private int windows;

  UsageOverHttp(Scene scene) {
    this.scene = scene;
  }

  /** How many windows were compared. */
  int windows() {
    return windows;
  }

  /** What is other than it should be; instances take turns in answering. */
  List<String> differences() {
    List<String> all = new ArrayList<>();
    List<Member> asked = scene.members().stream().filter(Member::keepsLedger).toList();
    int turn = 0;
    for (Map.Entry<String, PlainAccount> account : scene.oracle().accounts().entrySet()) {
      for (String window : BACK.keySet()) {
        Member member = asked.get(turn++ % asked.size());
        Map<String, String> expected = account.getValue().windows().rows(window);
        Map<String, String> are = rows(member, account.getKey(), window);
        windows += expected.size();
        expected.forEach(
            (key, row) -> {
              String is = are.remove(key);
              if (!row.equals(is)) {
                all.add(
                    String.join(
                        " ", window, "of", account.getKey(), key, "is", is, "; expected", row));
              }
            });
        are.forEach(
            (key, row) ->
                all.add(String.join(" ", window, "of", account.getKey(), key, "too much:", row)));
      }
    }
    return all;
  }

  private Map<String, String> rows(Member member, String org, String window) {
    Instant to = Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.HOURS);
    String path =
        "/v1/orgs/"
            + org
            + "/usage?by=model&limit=1000&window="
            + window
            + "&from="
            + to.minus(BACK.get(window))
            + "&to="
            + to;
    Map<String, String> rows = new TreeMap<>();
    while (path != null) {
      JsonNode page = ask(member, path);
      for (JsonNode row : page.path("rows")) {
        rows.put(row.path("start").asText() + " " + row.path("model").asText(), text(row));
      }
      path = page.path("next").isTextual() ? page.path("next").asText() : null;
    }
    return rows;
  }

  private static String text(JsonNode row) {
    Map<String, BigDecimal> quantities = new HashMap<>();
    row.path("quantities")
        .properties()
        .forEach(each -> quantities.put(each.getKey(), new BigDecimal(each.getValue().asText())));
    return Lines.window(
        row.path("charges").asLong(),
        new BigDecimal(row.path("amount").asText()),
        row.path("corrections").asLong(),
        new BigDecimal(row.path("corrected").asText()),
        quantities);
  }

  /** Asks until it is answered: an instance may say that work is on the move. */
  private JsonNode ask(Member member, String path) {
    JsonNode[] answer = new JsonNode[1];
    scene.until(
        "an answer to " + path,
        PATIENCE,
        () -> {
          try {
            HttpResponse<String> response = member.ask(path, scene.token());
            if (response.statusCode() == 200) {
              answer[0] = JSON.readTree(response.body());
              return true;
            }
            if (response.statusCode() == 503 || response.statusCode() == 404) {
              return false;
            }
            throw new AssertionError(path + ": " + response.statusCode() + " " + response.body());
          } catch (IOException e) {
            return false;
          }
        });
    return answer[0];
  }
}
