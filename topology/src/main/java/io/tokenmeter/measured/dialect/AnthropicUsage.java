package io.tokenmeter.measured.dialect;

import static io.tokenmeter.measured.dialect.Figure.CACHED;
import static io.tokenmeter.measured.dialect.Figure.CACHE_WRITE;
import static io.tokenmeter.measured.dialect.Figure.CACHE_WRITE_1H;
import static io.tokenmeter.measured.dialect.Figure.CACHE_WRITE_5M;
import static io.tokenmeter.measured.dialect.Figure.INPUT;
import static io.tokenmeter.measured.dialect.Figure.OUTPUT;
import static io.tokenmeter.measured.dialect.Figure.REASONING;

import io.tokenmeter.measured.Meter;
import io.tokenmeter.measured.body.JsonCursor;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Anthropic's {@code usage}.
 *
 * <p>Sources: Anthropic, "Prompt caching": tokens read from and written to a cache are beside
 * {@code input_tokens}, and {@code cache_creation} splits the written by lifetime. "Extended
 * thinking": thinking is inside {@code output_tokens}. "Compaction" and "Advisor": where there are
 * {@code iterations}, what is billed is their sum; an iteration that names another model is billed
 * at that model's price and is not in the figures at the top.
 */
final class AnthropicUsage {
  static final Containment CONTAINMENT =
      new Containment(
          Containment.Place.OUTSIDE, Containment.Place.OUTSIDE, Containment.Reasoning.INSIDE);

  private record Iteration(@Nullable String model, TokenFigures figures) {}

  private AnthropicUsage() {}

  /** Reads the object here; its figures replace those told before, the others stay. */
  static void read(JsonCursor usage, AnswerSheet sheet) throws IOException {
    List<Iteration> iterations = new ArrayList<>(0);
    usage.object(
        (name, value) -> {
          switch (name) {
            case "service_tier" -> sheet.serviceTier(value.name());
            case "iterations" -> value.array(one -> iterations.add(iteration(one)));
            case "output_tokens_details" ->
                value.object(
                    (detail, inner) -> {
                      if (detail.equals("thinking_tokens")) {
                        sheet.figures().set(REASONING, inner.whole());
                      }
                    });
            case "server_tool_use" -> value.object((tool, calls) -> tool(tool, calls, sheet));
            default -> figure(name, value, sheet.figures());
          }
        });
    if (!iterations.isEmpty()) {
      sum(iterations, sheet);
    }
  }

  static void figure(String name, JsonCursor value, TokenFigures figures) throws IOException {
    switch (name) {
      case "input_tokens" -> figures.set(INPUT, value.whole());
      case "output_tokens" -> figures.set(OUTPUT, value.whole());
      case "cache_read_input_tokens" -> figures.set(CACHED, value.whole());
      case "cache_creation_input_tokens" -> figures.set(CACHE_WRITE, value.whole());
      case "cache_creation" -> value.object((part, inner) -> figure(part, inner, figures));
      case "ephemeral_5m_input_tokens" -> figures.set(CACHE_WRITE_5M, value.whole());
      case "ephemeral_1h_input_tokens" -> figures.set(CACHE_WRITE_1H, value.whole());
      default -> {}
    }
  }

  /** Searches cost; fetching a page costs its tokens alone. */
  private static void tool(String tool, JsonCursor calls, AnswerSheet sheet) throws IOException {
    BigDecimal count = tool.equals("web_search_requests") ? calls.decimal() : null;
    if (count != null && count.signum() > 0) {
      sheet.reported(Meter.WEB_SEARCHES, count);
    }
  }

  private static Iteration iteration(JsonCursor one) throws IOException {
    TokenFigures figures = new TokenFigures();
    String[] model = {null};
    one.object(
        (name, value) -> {
          if (name.equals("model")) {
            model[0] = value.name();
          } else {
            figure(name, value, figures);
          }
        });
    return new Iteration(model[0], figures);
  }

  private static void sum(List<Iteration> iterations, AnswerSheet sheet) {
    sheet.forgetOtherModels();
    TokenFigures own = sheet.figures();
    for (Figure figure :
        List.of(INPUT, OUTPUT, CACHED, CACHE_WRITE, CACHE_WRITE_5M, CACHE_WRITE_1H)) {
      own.drop(figure);
    }
    for (Iteration one : iterations) {
      (one.model() == null ? own : sheet.figuresOf(one.model())).add(one.figures());
    }
  }
}
