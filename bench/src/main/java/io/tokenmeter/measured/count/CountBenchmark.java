package io.tokenmeter.measured.count;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.EncodingType;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How fast text is counted, by kind, by us and by jtokkit. {@link CountReport} runs it. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
public class CountBenchmark {
  /** Texts by kind; those of {@link WorstTexts} have half a megabyte. */
  @State(Scope.Benchmark)
  public static class Text {
    @Param({"o200k", "cl100k"})
    public String encoding = "";

    @Param("mixed")
    public String kind = "";

    private final Map<String, String> kinds = new HashMap<>();
    private byte[] utf8 = {};
    private String text = "";

    /** Makes the text and loads the vocabulary. */
    @Setup
    public void make() {
      kinds.putAll(WorstTexts.of(500_000));
      kinds.putAll(SampleTexts.kinds(kind.equals("mixed") ? 18_000_000 : 2_000_000));
      text = Objects.requireNonNull(kinds.get(kind), kind);
      utf8 = text.getBytes(UTF_8);
      kinds.clear();
    }

    Vocabulary vocabulary() {
      return Vocabulary.of(Encoding.valueOf(encoding.toUpperCase(Locale.ROOT)));
    }
  }

  /** Ours, with what earlier texts left in the cache of pieces. */
  @State(Scope.Thread)
  public static class Warm {
    private TextWalk walk = new TextWalk(Vocabulary.of(Encoding.R50K), 1);

    @Setup
    public void make(Text text) {
      walk = new TextWalk(text.vocabulary(), Tokenizer.CACHE_BITS);
    }
  }

  /** The library. */
  @State(Scope.Thread)
  public static class Library {
    private com.knuddels.jtokkit.api.Encoding counter =
        Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.R50K_BASE);

    @Setup
    public void make(Text text) {
      counter =
          Encodings.newLazyEncodingRegistry()
              .getEncoding(EncodingType.fromName(text.encoding + "_base").orElseThrow());
    }
  }

  @Benchmark
  public long ours(Text text, Warm warm, CpuTime cpu) {
    cpu.bytes += text.utf8.length;
    return warm.walk.count(text.utf8, 0, text.utf8.length);
  }

  @Benchmark
  public long oursEmptied(Text text, CpuTime cpu) {
    cpu.bytes += text.utf8.length;
    TextWalk walk = new TextWalk(text.vocabulary(), Tokenizer.CACHE_BITS);
    return walk.count(text.utf8, 0, text.utf8.length);
  }

  @Benchmark
  public long library(Text text, Library library, CpuTime cpu) {
    cpu.bytes += text.utf8.length;
    return library.counter.countTokensOrdinary(text.text);
  }

  /** Chats as {@link Conversations} makes them. */
  @State(Scope.Benchmark)
  public static class Chats {
    @Param({"0", "8388608"})
    public long memoBytes;

    private List<Conversations.Exchange> exchanges = List.of();

    @Setup
    public void make() {
      exchanges = Conversations.of(600, 1);
    }
  }

  /** From an empty memo on. */
  @Benchmark
  public long conversations(Chats chats, CpuTime cpu) {
    TextCounter counter = Counters.remembering(chats.memoBytes).forModel("openai", "gpt-4o");
    long tokens = 0;
    for (Conversations.Exchange exchange : chats.exchanges) {
      cpu.bytes += exchange.bytes();
      tokens += exchange.count(counter);
    }
    return tokens;
  }
}
