package io.tokenmeter.measured.count;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Chats of ten turns, many at a time, as a gateway sees them: each request has the system prompt
 * and all that was said before, and its answer is counted when it comes.
 *
 * <p>Sizes are those of public collections of chats: a question has some 70 tokens in the middle
 * and some hundreds at the end of the tail, an answer some 300. An organisation has one system
 * prompt of 2 to 12 KB.
 */
final class Conversations {
  /** What is counted at once, text by text: a request's messages, or one answer. */
  static final class Exchange {
    private final byte[] utf8;
    private final int[] ends;

    private Exchange(byte[] utf8, int[] ends) {
      this.utf8 = utf8;
      this.ends = ends;
    }

    int bytes() {
      return utf8.length;
    }

    long count(TextCounter counter) {
      long tokens = 0;
      int from = 0;
      for (int end : ends) {
        tokens += counter.count(utf8, from, end);
        from = end;
      }
      return tokens;
    }
  }

  static final int TURNS = 10;
  private static final int AT_A_TIME = 300;
  private static final int ORGANISATIONS = 40;
  private static final int SAMPLE = 2_000_000;

  private final Random random;
  private final List<String> kinds;
  private final List<byte[]> prompts = new ArrayList<>();

  private Conversations(long seed) {
    random = new Random(seed);
    Map<String, String> samples = SampleTexts.kinds(SAMPLE);
    kinds =
        List.of(
            samples.get("english"),
            samples.get("english"),
            samples.get("french"),
            samples.get("code"),
            samples.get("chinese"),
            samples.get("persian"),
            samples.get("json"));
    for (int i = 0; i < ORGANISATIONS; i++) {
      prompts.add(text(kinds.get(i % kinds.size()), 2_000 + random.nextInt(10_000)));
    }
  }

  /** The exchanges of so many conversations, in the order in which they are counted. */
  static List<Exchange> of(int conversations, long seed) {
    return new Conversations(seed).exchanges(conversations);
  }

  private List<Exchange> exchanges(int conversations) {
    List<Exchange> exchanges = new ArrayList<>();
    List<List<byte[]>> open = new ArrayList<>();
    int begun = 0;
    while (begun < conversations || !open.isEmpty()) {
      if (begun < conversations && open.size() < AT_A_TIME) {
        begun++;
        open.add(new ArrayList<>(List.of(prompts.get(random.nextInt(ORGANISATIONS)))));
      }
      int chosen = random.nextInt(open.size());
      List<byte[]> messages = open.get(chosen);
      String kind = kinds.get(Math.floorMod(Arrays.hashCode(messages.get(0)), kinds.size()));
      messages.add(text(kind, size(280)));
      exchanges.add(exchange(messages));
      byte[] answer = text(kind, size(1_200));
      messages.add(answer);
      exchanges.add(exchange(List.of(answer)));
      if (messages.size() > 2 * TURNS) {
        open.remove(chosen);
      }
    }
    return exchanges;
  }

  /** Around a middle, with a long tail. */
  private int size(int middle) {
    return (int) Math.min(20_000, middle * Math.exp(random.nextGaussian()));
  }

  private byte[] text(String kind, int bytes) {
    int characters = Math.max(1, bytes / 2);
    int start = random.nextInt(kind.length() - characters);
    return kind.substring(start, start + characters).getBytes(UTF_8);
  }

  private static Exchange exchange(List<byte[]> messages) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    int[] ends = new int[messages.size()];
    for (int i = 0; i < ends.length; i++) {
      all.writeBytes(messages.get(i));
      ends[i] = all.size();
    }
    return new Exchange(all.toByteArray(), ends);
  }
}
