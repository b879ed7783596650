package io.tokenmeter.measured.dialect;

import static io.tokenmeter.measured.Provenance.ESTIMATED;
import static io.tokenmeter.measured.Provenance.REPORTED;
import static io.tokenmeter.measured.Provenance.TOKENIZED;

import io.tokenmeter.measured.Flag;
import io.tokenmeter.measured.Meter;
import io.tokenmeter.measured.MeterReading;
import io.tokenmeter.measured.Operation;
import io.tokenmeter.measured.body.Texts;
import io.tokenmeter.measured.count.Counters;
import io.tokenmeter.measured.count.TextCounter;
import io.tokenmeter.raw.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a dialect takes down of an answer. */
public final class AnswerSheet {
  /** Whom a text of an answer is for. */
  public enum Voice {
    /** The caller sees it. */
    VISIBLE,
    /** The model's own thinking, where the answer shows it. */
    THINKING
  }

  /** The choice of a piece whose index is still to come. */
  public static final int UNKNOWN = -1;

  /** Texts of a stream arrive in pieces, and those of several choices interleaved. */
  private record Strand(Voice voice, int choice, int part) {}

  private final Route route;
  private final Map<String, String> attributes;
  private final TokenFigures figures = new TokenFigures();
  private final Map<Strand, Texts> strands = new HashMap<>(4);
  private final Map<Strand, Texts> pending = new HashMap<>(2);
  private final Map<Tally, Quantity> tallies = new LinkedHashMap<>(2);
  private final List<OtherModel> others = new ArrayList<>(0);
  private final Set<Flag> flags = EnumSet.noneOf(Flag.class);
  private long overhead;
  private boolean answered;
  private boolean ended;
  private boolean failed;
  private boolean nothingUsed;
  private @Nullable String model;
  private @Nullable String responseId;
  private @Nullable String serviceTier;
  private @Nullable BigDecimal cost;
  private @Nullable String costUnit;

  private record Tally(
      Meter meter, io.tokenmeter.measured.Provenance provenance, Map<String, String> dimensions) {}

  private record OtherModel(String model, TokenFigures figures) {}

  /**
   * An empty sheet.
   *
   * @param attributes the gateway's, among which may be headers of the provider
   */
  public AnswerSheet(Route route, Map<String, String> attributes) {
    this.route = route;
    this.attributes = attributes;
  }

  public Map<String, String> attributes() {
    return attributes;
  }

  public Route route() {
    return route;
  }

  /** The provider's own figures of tokens. */
  public TokenFigures figures() {
    return figures;
  }

  /** Figures of another model that took part at its own price; its readings say {@code model}. */
  public TokenFigures figuresOf(String otherModel) {
    OtherModel other = new OtherModel(otherModel, new TokenFigures());
    others.add(other);
    return other.figures();
  }

  public void forgetOtherModels() {
    others.clear();
  }

  /** Sets what the provider reports of a meter other than tokens; null leaves it as it was. */
  public void reported(Meter meter, @Nullable BigDecimal quantity) {
    if (quantity != null) {
      tallies.put(new Tally(meter, REPORTED, Map.of()), rounded(quantity));
    }
  }

  /** Sets what the provider reports of a tool. */
  public void reportedTool(String tool, long calls) {
    tallies.put(new Tally(Meter.TOOL_CALLS, REPORTED, Map.of("tool", tool)), Quantity.of(calls));
  }

  /** Adds to what was read off the body. */
  public void seen(Meter meter, long more, Map<String, String> dimensions) {
    tallies.merge(new Tally(meter, TOKENIZED, dimensions), Quantity.of(more), Quantity::plus);
  }

  /** Something that an answer has once, however often its stream says so. */
  public void once(Meter meter) {
    exactly(meter, 1);
  }

  /** Something of which an answer has so much, however often its stream says so. */
  public void exactly(Meter meter, long count) {
    tallies.put(new Tally(meter, TOKENIZED, Map.of()), Quantity.of(count));
  }

  /** Where a text of the answer goes, in pieces or whole. */
  public Texts text(Voice voice, int choice, int part) {
    answered = true;
    return (choice == UNKNOWN ? pending : strands)
        .computeIfAbsent(new Strand(voice, choice, part), strand -> new Texts());
  }

  /** The pieces of an {@link #UNKNOWN} choice belong to this one. */
  public void adopt(int choice) {
    if (!pending.isEmpty()) {
      pending.forEach((piece, text) -> text(piece.voice(), choice, piece.part()).append(text));
      pending.clear();
    }
  }

  /** Where the visible text of a choice goes. */
  public Texts text(int choice) {
    return text(Voice.VISIBLE, choice, 0);
  }

  /** There is an answer that has text, if only an empty one. */
  public void answered() {
    answered = true;
  }

  /** Output tokens beside the text, as the frame of a function's call. */
  public void overhead(long tokens) {
    overhead += tokens;
  }

  /** The event came that ends a stream. */
  public void ended() {
    ended = true;
  }

  /** An error came in a stream. */
  public void failed() {
    failed = true;
  }

  /** Nothing is used by this answer: the work goes on, or another answer has billed it. */
  public void nothingUsed() {
    nothingUsed = true;
  }

  /** Two figures of the provider say different things. */
  public void contradicts() {
    flags.add(Flag.USAGE_CONTRADICTS);
  }

  /** There is content that can't be counted: audio, hidden thinking. */
  public void uncounted() {
    flags.add(Flag.UNCOUNTED_CONTENT);
  }

  public void model(@Nullable String name) {
    model = name == null || name.isEmpty() ? model : name;
  }

  public void responseId(@Nullable String id) {
    responseId = id == null || id.isEmpty() || responseId != null ? responseId : id;
  }

  public void serviceTier(@Nullable String tier) {
    serviceTier = tier == null ? serviceTier : tier;
  }

  /** What the provider says that it charges, rounded to the 12 decimals of a fact; null is none. */
  public void cost(@Nullable BigDecimal amount, String unit) {
    if (amount != null) {
      cost = amount.setScale(Quantity.SCALE, RoundingMode.HALF_EVEN);
      costUnit = unit;
    }
  }

  public boolean hasEnded() {
    return ended;
  }

  public boolean hasFailed() {
    return failed;
  }

  public boolean usesNothing() {
    return nothingUsed;
  }

  public @Nullable String model() {
    return model;
  }

  public @Nullable String responseId() {
    return responseId;
  }

  public @Nullable String serviceTier() {
    return serviceTier;
  }

  public @Nullable BigDecimal cost() {
    return cost;
  }

  public @Nullable String costUnit() {
    return costUnit;
  }

  public @Nullable Long total() {
    return figures.has(Figure.TOTAL) ? (Long) figures.of(Figure.TOTAL) : null;
  }

  public Set<Flag> flags() {
    return flags;
  }

  /** What was reported, then what was counted. */
  public List<MeterReading> finish(Dialect dialect, Counters counters) {
    List<MeterReading> readings = new ArrayList<>(6);
    if (!figures.isEmpty()) {
      split(readings, figures, dialect, Map.of());
    }
    for (OtherModel other : others) {
      split(readings, other.figures(), dialect, Map.of("model", other.model()));
    }
    tallies.forEach(
        (tally, quantity) ->
            readings.add(
                new MeterReading(tally.meter(), quantity, tally.provenance(), tally.dimensions())));
    if (answered) {
      count(readings, dialect, counters);
    }
    return readings;
  }

  private void split(
      List<MeterReading> readings, TokenFigures from, Dialect dialect, Map<String, String> of) {
    Split split = Split.of(from, dialect, of);
    readings.addAll(split.readings());
    if (split.contradicts()) {
      flags.add(Flag.USAGE_CONTRADICTS);
    }
  }

  private void count(List<MeterReading> readings, Dialect dialect, Counters counters) {
    TextCounter counter = counters.forModel(route.provider(), model);
    long visible = overhead;
    long thinking = 0;
    boolean capped = false;
    for (Map.Entry<Strand, Texts> strand : strands.entrySet()) {
      long tokens = strand.getValue().count(counter);
      capped |= strand.getValue().capped();
      switch (strand.getKey().voice()) {
        case VISIBLE -> visible += tokens;
        case THINKING -> thinking += tokens;
      }
    }
    if (capped) {
      flags.add(Flag.BODY_CAPPED);
    }
    if (counter.assumed()) {
      flags.add(Flag.ENCODING_ASSUMED);
    }
    boolean responses = dialect.name().equals(OpenAiResponses.NAME);
    int ending = visible > 0 ? ChatFormat.ending(model, responses) : 0;
    visible += dialect.operation() == Operation.CHAT ? ending : 0;
    boolean exact = counter.provenance() == TOKENIZED && !capped && overhead == 0 && ending <= 1;
    var provenance = exact && !flags.contains(Flag.UNCOUNTED_CONTENT) ? TOKENIZED : ESTIMATED;
    readings.add(MeterReading.of(dialect.outputMeter(), visible, provenance));
    if (thinking > 0) {
      readings.add(MeterReading.of(Meter.REASONING_TOKENS, thinking, ESTIMATED));
    }
  }

  private static Quantity rounded(BigDecimal quantity) {
    return new Quantity(
        quantity.scale() > Quantity.SCALE
            ? quantity.setScale(Quantity.SCALE, RoundingMode.HALF_EVEN)
            : quantity);
  }
}
