package io.tokenmeter.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.ledger.GrantKind;
import io.tokenmeter.ledger.LowBalance;
import io.tokenmeter.ledger.QuotaExceeded;
import io.tokenmeter.ledger.QuotaMeter;
import io.tokenmeter.ledger.QuotaScope;
import io.tokenmeter.measured.Provenance;
import io.tokenmeter.raw.Rejection;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The console's files, as the server gives them to a browser. */
class ConsoleTest {
  private static final Pattern REFERENCE =
      Pattern.compile("(?:href|src)=\"(/console/[^\"]+)\"|from \"\\./([^\"]+)\"");
  private static final Pattern WORD =
      Pattern.compile("\\bt\\(\"(\\w+)\"|data-(?:text|label)=\"(\\w+)\"");
  private static final Pattern KEY = Pattern.compile("\\b(\\w+): \"");
  private final Fleet fleet = new Fleet();
  private final Fleet.Member instance = fleet.start();

  @AfterEach
  void stop() {
    fleet.close();
  }

  @Test
  void everything_that_the_page_refers_to_is_there_and_needs_no_token() {
    Map<String, String> files = files();

    assertThat(files.keySet())
        .contains("/", "/console/app.js", "/console/style.css", "/console/vendor/uplot.js");
  }

  @Test
  void nothing_is_loaded_from_elsewhere_and_no_script_stands_in_the_page() {
    HttpResponse<String> page = instance.ask("/", new String[0]);

    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "script-src 'self'", "connect-src 'self'");
    assertThat(page.body()).doesNotContain("http://", "https://", "<style", "onclick=");
  }

  @Test
  void every_word_that_the_page_says_is_there_in_each_language() {
    Map<String, String> files = files();
    Set<String> said = new TreeSet<>();
    files.forEach(
        (name, text) -> {
          for (Matcher word = WORD.matcher(text); word.find(); ) {
            said.add(word.group(1) == null ? word.group(2) : word.group(1));
          }
        });
    assertThat(said).hasSizeGreaterThan(100);
    Set<String> english = keys(files.get("/console/words/en.js"));
    assertThat(english).containsAll(said);
    for (String language : new String[] {"fa", "zh", "fr"}) {
      assertThat(keys(files.get("/console/words/" + language + ".js")))
          .as(language)
          .containsExactlyInAnyOrderElementsOf(english);
    }
  }

  @Test
  void there_is_a_word_for_everything_that_has_a_code() {
    Set<String> words = keys(files().get("/console/words/en.js"));

    assertThat(words)
        .containsAll(coded("rejected_", Rejection.values()))
        .containsAll(coded("source_", Provenance.values()))
        .containsAll(coded("kind", GrantKind.values()))
        .containsAll(coded("event_", LowBalance.Type.values()))
        .containsAll(coded("event_", QuotaExceeded.Type.values()));
    for (QuotaMeter meter : QuotaMeter.values()) {
      if (meter != QuotaMeter.SPEND) {
        assertThat(words).contains("meter_" + meter.name().toLowerCase(Locale.ROOT));
      }
    }
    for (QuotaScope scope : QuotaScope.values()) {
      if (scope != QuotaScope.ORGANISATION) {
        assertThat(words).contains("scope_" + scope.name().toLowerCase(Locale.ROOT));
      }
    }
  }

  private static Set<String> coded(String before, Enum<?>[] codes) {
    return Arrays.stream(codes).map(code -> before + code.name()).collect(Collectors.toSet());
  }

  private static Set<String> keys(String words) {
    Set<String> keys = new HashSet<>();
    for (Matcher key = KEY.matcher(words); key.find(); ) {
      assertThat(keys.add(key.group(1))).as(key.group(1) + " twice").isTrue();
    }
    return keys;
  }

  /** Every file, by following what refers to what. */
  private Map<String, String> files() {
    Map<String, String> files = new HashMap<>();
    Deque<String> open = new ArrayDeque<>(Set.of("/"));
    while (!open.isEmpty()) {
      String path = open.pop();
      HttpResponse<String> answer = instance.ask(path, new String[0]);
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      files.put(path, answer.body());
      for (Matcher found = REFERENCE.matcher(answer.body()); found.find(); ) {
        String next = found.group(1) == null ? "/console/" + found.group(2) : found.group(1);
        if (!files.containsKey(next)) {
          open.push(next);
        }
      }
    }
    return files;
  }
}
