package io.tokenmeter.measured.count;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * Made-up text by kind, the same on each run, with the words of real text and their frequencies.
 */
public final class SampleTexts {
  private static final String CODE =
      """
      public static int parse(String input, Map<String, Integer> values) throws IOException {
          if (input == null || input.isEmpty()) {
              return -1; // nothing to do
          }
          for (int i = 0; i < input.length(); i++) {
              char c = input.charAt(i);
              values.merge(String.valueOf(c), 1, Integer::sum);
          }
      \treturn values.getOrDefault("total", 0x7fff_ffff) >>> 3;
      }

      def handler(event, context=None):
          \"\"\"Return the sum of all amounts.\"\"\"
          rows = [r["amount"] for r in event.get("records", []) if r is not None]
          total_cost = sum(rows) / max(len(rows), 1)
          return {"statusCode": 200, "body": json.dumps({"total": total_cost})}

      SELECT org_id, SUM(amount) AS total FROM usage_charges WHERE day >= '2026-01-01' GROUP BY 1;
      """;
  private static final Pattern NAME = Pattern.compile("[a-z]{4,}");

  private final Random random;
  private final Words english = Words.english();
  private final Words han = Words.han();

  private SampleTexts(long seed) {
    random = new Random(seed);
  }

  /** Each about so many bytes long; the mixed text has a slice of each of the others in turn. */
  public static Map<String, String> kinds(int bytes) {
    return kinds(bytes, 20260101);
  }

  /** The same with other words. */
  public static Map<String, String> kinds(int bytes, long seed) {
    return new SampleTexts(seed).of(bytes);
  }

  private Map<String, String> of(int bytes) {
    Map<String, String> kinds = new LinkedHashMap<>();
    kinds.put("english", prose(english, bytes));
    kinds.put("code", code(bytes));
    kinds.put("json", json(bytes));
    kinds.put("persian", prose(Words.persian(), bytes * 5 / 9));
    kinds.put("french", prose(Words.french(), bytes));
    kinds.put("japanese", japanese(bytes / 3));
    kinds.put("chinese", chinese(bytes / 3));
    kinds.put("emoji", emoji(random, bytes / 2));
    kinds.put("base64", base64(random, bytes, 76));
    kinds.put("logs", logs(random, bytes));
    kinds.put("mixed", mixed(kinds));
    return kinds;
  }

  private static String mixed(Map<String, String> kinds) {
    StringBuilder text = new StringBuilder();
    for (int slice = 0; slice < 50; slice++) {
      for (String kind : kinds.values()) {
        int size = kind.length() / 500;
        text.append(kind, slice * size, (slice + 1) * size).append('\n');
      }
    }
    return text.toString()
        .replaceAll("[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]", "");
  }

  /** One word in thirty is two in one, as names and slips are. */
  private String prose(Words words, int characters) {
    StringBuilder text = new StringBuilder();
    boolean start = true;
    while (text.length() < characters) {
      String word = words.next(random) + (random.nextInt(30) == 0 ? words.next(random) : "");
      text.append(start ? Character.toUpperCase(word.charAt(0)) + word.substring(1) : word);
      int end = random.nextInt(12);
      text.append(
          end == 0 ? ". " : end == 1 ? ", " : end == 2 && random.nextInt(6) == 0 ? ".\n\n" : " ");
      start = end == 0;
      if (random.nextInt(40) == 0) {
        text.append(random.nextInt(3000)).append(' ');
      }
    }
    return text.toString();
  }

  /** Lines of programs, half of the names in them changed. */
  private String code(int bytes) {
    List<String> lines = List.of(CODE.split("\n", -1));
    StringBuilder text = new StringBuilder();
    while (text.length() < bytes) {
      String line = lines.get(random.nextInt(lines.size()));
      text.append(NAME.matcher(line).replaceAll(found -> name(found.group()))).append('\n');
    }
    return text.toString();
  }

  private String name(String old) {
    if (random.nextBoolean()) {
      return old;
    }
    StringBuilder name = new StringBuilder(english.next(random));
    for (int more = random.nextInt(3); more > 0; more--) {
      String word = english.next(random);
      name.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
    }
    return name.toString();
  }

  private String json(int bytes) {
    StringBuilder text = new StringBuilder("[");
    while (text.length() < bytes) {
      text.append("{\"id\": \"")
          .append(Long.toHexString(random.nextLong()))
          .append("\", \"name\": \"");
      text.append(name("none")).append("\",\"amount\":").append(random.nextInt());
      text.append(",\"tags\":[\"")
          .append(english.next(random))
          .append("\"],\"note\":\"")
          .append(prose(english, 60))
          .append("\",\"ok\":true},\n  ");
    }
    return text.append("]").toString();
  }

  private String japanese(int characters) {
    Words kana = Words.kana();
    StringBuilder text = new StringBuilder();
    while (text.length() < characters) {
      text.append(han.next(random)).append(random.nextBoolean() ? han.next(random) : "");
      text.append(kana.next(random));
      int end = random.nextInt(12);
      text.append(end == 0 ? "。" : end == 1 ? "、" : "");
    }
    return text.toString();
  }

  private String chinese(int characters) {
    StringBuilder text = new StringBuilder();
    while (text.length() < characters) {
      text.append(han.next(random));
      int end = random.nextInt(60);
      text.append(end == 0 ? "。" : end < 4 ? "，" : "");
    }
    return text.toString();
  }

  private static String emoji(Random random, int characters) {
    StringBuilder text = new StringBuilder();
    while (text.length() < characters) {
      text.appendCodePoint(0x1F300 + random.nextInt(0x2FF))
          .append(random.nextInt(5) == 0 ? " ok " : "");
    }
    return text.toString();
  }

  static String base64(Random random, int bytes, int line) {
    byte[] noise = new byte[bytes * 3 / 4];
    random.nextBytes(noise);
    return Base64.getMimeEncoder(line / 4 * 4, new byte[] {'\n'}).encodeToString(noise);
  }

  private static String logs(Random random, int bytes) {
    StringBuilder text = new StringBuilder();
    while (text.length() < bytes) {
      text.append("2026-03-")
          .append(10 + random.nextInt(20))
          .append('T')
          .append(10 + random.nextInt(14));
      text.append(":17:")
          .append(10 + random.nextInt(50))
          .append('.')
          .append(100 + random.nextInt(900));
      text.append("Z  INFO [http-nio-8080-exec-")
          .append(random.nextInt(40))
          .append("] c.e.gateway.Proxy - 10.0.");
      text.append(random.nextInt(256))
          .append('.')
          .append(random.nextInt(256))
          .append(" GET /v1/models/");
      text.append(Integer.toHexString(random.nextInt()))
          .append(" 200 ")
          .append(random.nextInt(5000))
          .append("ms\n");
    }
    return text.toString();
  }
}
