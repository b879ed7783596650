package io.tokenmeter.measured.count;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * How far estimates are from what providers reported, on recorded exchanges where there are any:
 * {@code TOKENMETER_CORPUS}, or {@code shared/corpus} beside the checkout. Answers of plain text
 * and at least 25 tokens; a provider's count also holds a few tokens beside the text.
 */
class EstimateErrorTest {
  private static final int LEAST_TOKENS = 25;
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void staysWithinTwelvePercentForClaudeAndGeminiByTheMedian() throws IOException {
    for (String family : List.of("anthropic", "google")) {
      Path file = corpus().resolve(family + ".jsonl");
      if (Files.exists(file)) {
        List<Double> errors = errors(file, family);
        double median = errors.get(errors.size() / 2);
        System.out.printf(
            "%s: %d answers, median error %.1f %%, nine tenths within %.1f %%%n",
            family, errors.size(), 100 * median, 100 * errors.get(errors.size() * 9 / 10));
        assertThat(errors).as(family).hasSizeGreaterThan(10);
        assertThat(median).as(family).isLessThanOrEqualTo(0.12);
      }
    }
  }

  private static Path corpus() {
    String named = System.getenv("TOKENMETER_CORPUS");
    String root = System.getProperty("tokenmeter.root", ".");
    return named != null ? Path.of(named) : Path.of(root, "..", "shared", "corpus");
  }

  private static List<Double> errors(Path file, String family) throws IOException {
    List<Double> errors = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      JsonNode exchange = JSON.readTree(line);
      if (exchange.path("stream").asBoolean() || exchange.path("status").asInt() != 200) {
        continue;
      }
      JsonNode answer = answer(exchange);
      boolean claude = family.equals("anthropic");
      String text = claude ? claude(answer) : gemini(answer);
      JsonNode usage = exchange.path("reported_usage");
      long reported = usage.path(claude ? "output_tokens" : "candidatesTokenCount").asLong();
      long estimated =
          Counters.shared().forModel(family, exchange.path("model").asText()).count(text);
      if (reported >= LEAST_TOKENS && estimated > 0) {
        errors.add(Math.abs(estimated - reported) / (double) reported);
      }
    }
    errors.sort(null);
    return errors;
  }

  private static JsonNode answer(JsonNode exchange) throws IOException {
    String body = exchange.path("response_body").asText();
    return body.startsWith("{") ? JSON.readTree(body) : JSON.createObjectNode();
  }

  /** Empty where there is anything but text. */
  private static String claude(JsonNode answer) {
    StringBuilder text = new StringBuilder();
    for (JsonNode block : answer.path("content")) {
      if (!Objects.equals(block.path("type").asText(), "text")) {
        return "";
      }
      text.append(block.path("text").asText());
    }
    return text.toString();
  }

  private static String gemini(JsonNode answer) {
    StringBuilder text = new StringBuilder();
    for (JsonNode candidate : answer.path("candidates")) {
      for (JsonNode part : candidate.path("content").path("parts")) {
        if (!part.has("text")) {
          return "";
        }
        text.append(part.path("thought").asBoolean() ? "" : part.path("text").asText());
      }
    }
    return text.toString();
  }
}
