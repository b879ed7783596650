package io.tokenmeter.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenmeter.bench.Target.Better;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Results as JSON. */
final class ResultsJson {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final MathContext DIGITS = new MathContext(5);

  private ResultsJson() {}

  static String write(Results results) {
    ObjectNode all = JSON.createObjectNode();
    all.put("at", results.at().toString());
    all.put("quick", results.quick());
    Machine machine = results.machine();
    all.putObject("machine")
        .put("cpu", machine.cpu())
        .put("cores", machine.cores())
        .put("memory_gib", machine.memoryGib())
        .put("jdk", machine.jdk())
        .put("kernel", machine.kernel())
        .put("load_before", digits(machine.load()));
    ArrayNode scenarios = all.putArray("scenarios");
    for (ScenarioResult result : results.scenarios()) {
      ObjectNode scenario =
          scenarios.addObject().put("scenario", result.scenario()).put("seconds", result.seconds());
      ArrayNode notes = scenario.putArray("notes");
      result.notes().forEach(notes::add);
      ArrayNode figures = scenario.putArray("figures");
      result.figures().forEach(figure -> write(figure, figures.addObject()));
    }
    try {
      return JSON.writeValueAsString(all) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can't be written", e);
    }
  }

  private static void write(Figure figure, ObjectNode json) {
    json.put("name", figure.name())
        .put("unit", figure.unit())
        .put("value", digits(figure.value()))
        .put("low", digits(figure.low()))
        .put("high", digits(figure.high()))
        .put("runs", figure.runs())
        .put("better", figure.target().better().name().toLowerCase(Locale.ROOT))
        .put("target", figure.target().bound());
  }

  private static BigDecimal digits(double value) {
    BigDecimal rounded = BigDecimal.valueOf(value).round(DIGITS);
    return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
  }

  /**
   * Reads a file.
   *
   * @throws BenchFailure when it isn't one that was written here
   */
  static Results read(Path file) {
    JsonNode all;
    try {
      all = JSON.readTree(Files.readString(file));
    } catch (IOException e) {
      throw new BenchFailure("can't read results from " + file + ": " + e.getMessage(), e);
    }
    JsonNode machine = all.path("machine");
    List<ScenarioResult> scenarios = new ArrayList<>();
    for (JsonNode scenario : all.path("scenarios")) {
      List<String> notes = new ArrayList<>();
      scenario.path("notes").forEach(note -> notes.add(note.asText()));
      List<Figure> figures = new ArrayList<>();
      scenario.path("figures").forEach(figure -> figures.add(figure(figure)));
      scenarios.add(
          new ScenarioResult(
              scenario.path("scenario").asText(),
              scenario.path("seconds").asLong(),
              figures,
              notes));
    }
    if (!all.hasNonNull("at") || machine.isMissingNode()) {
      throw new BenchFailure(
          file + " holds no results; name a file that `tokenmeter bench --out` wrote");
    }
    return new Results(
        Instant.parse(all.path("at").asText()),
        all.path("quick").asBoolean(),
        new Machine(
            machine.path("cpu").asText(),
            machine.path("cores").asInt(),
            machine.path("memory_gib").asLong(),
            machine.path("jdk").asText(),
            machine.path("kernel").asText(),
            machine.path("load_before").asDouble()),
        scenarios);
  }

  private static Figure figure(JsonNode json) {
    JsonNode target = json.path("target");
    return new Figure(
        json.path("name").asText(),
        json.path("unit").asText(),
        json.path("value").asDouble(),
        json.path("low").asDouble(),
        json.path("high").asDouble(),
        json.path("runs").asInt(),
        new Target(
            Better.valueOf(json.path("better").asText().toUpperCase(Locale.ROOT)),
            target.isNumber() ? new BigDecimal(target.asText()) : null));
  }
}
