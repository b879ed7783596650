package io.tokenmeter.measured.count;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Made-up text by kind, the same on each run: words with the frequencies of real ones. */
final class SampleTexts {
  private static final String ENGLISH =
      "the of and to a in is that for it as was with be by on not he his but at are this have from or"
          + " had an they which one you were all her she there would their we him been has when who"
          + " will no more if out so what up said about other into than its time only could new them"
          + " man some these then two first may any like now my such make over our even most me state"
          + " after also made many did must before back see through way where get much go well your"
          + " know should down work year because come people just say each those take day good how"
          + " long Mr own too little use US very great still men here life both between old under"
          + " last never place same another think house while high right might came off find states"
          + " since used give against three himself look few general hand school part small American"
          + " home during number again Mrs around thought went without however govern water became"
          + " billing tokenizer throughput asynchronous negotiation characteristic disproportionately";
  private static final String FRENCH =
      "le de un être et à il avoir ne je son que se qui ce dans en du elle au pour pas sur plus par"
          + " avec tout faire mettre autre on mais nous comme ou si leur y dire elle devoir avant deux"
          + " même prendre aussi celui donner bien où fois vous encore nouveau aller cela entre premier"
          + " vouloir déjà grand mon me moins aucun lui temps très savoir falloir voir quelque sans"
          + " raison notre dont non an monde jour monsieur demander alors après trouver personne"
          + " rendre part dernier venir pendant passer peu lequel suite bon comprendre depuis point"
          + " ainsi heure rester l'été c'est aujourd'hui qu'elle hétérogénéité développement";
  private static final String PERSIAN =
      "و در به از که این را با است برای آن یک خود تا کرد بر هم نیز گفت می‌شود وی شد دارد ما اما یا شده"
          + " باید هر آنها بود او دیگر دو مورد می‌کند شود کند وجود بین پیش پس اگر همه صورت یکی هستند بی"
          + " من دهد هزار نیست استفاده داد داشته راه داشت چه همچنین کردند داده بوده دارند همین میلیون"
          + " سوی شوند بیشتر بسیار روی گرفته هایی تواند اول نام هیچ چند جدید بیش شدن کردن کنیم نشان حتی"
          + " اینکه ولی توسط چنین برخی نه دیروز دوم درباره بعد مختلف گیرد شما گفته آنان بار طور گرفت دهند"
          + " گذاری بسیاری طی بودند میلیارد بدون تمام کل تر براساس شدند ترین امروز باشند ندارد چون قابل";
  private static final String CHINESE =
      "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学"
          + "如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将";
  private static final String JAPANESE =
      "これは日本語の文章です。東京都に住んでいる人々は、毎日電車で会社に通います。新しいモデルの料金を計算するために、トークンの数を数える必要があります。"
          + "データベースへの接続が失敗しました。もう一度お試しください。カタカナとひらがなと漢字が混ざった文が多いので、分割の規則は複雑になります。";
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

  private SampleTexts() {}

  /** Each about so many bytes long. */
  static Map<String, String> kinds(int bytes) {
    Random random = new Random(20260101);
    Map<String, String> kinds = new LinkedHashMap<>();
    kinds.put("english", prose(random, ENGLISH.split(" ", -1), bytes));
    kinds.put("code", lines(random, CODE.split("\n", -1), bytes));
    kinds.put("json", json(random, bytes));
    kinds.put("persian", prose(random, PERSIAN.split(" ", -1), bytes / 2));
    kinds.put("french", prose(random, FRENCH.split(" ", -1), bytes));
    kinds.put("japanese", sentences(random, JAPANESE, bytes / 3));
    kinds.put("chinese", characters(random, CHINESE, bytes / 3));
    kinds.put("emoji", emoji(random, bytes / 4));
    kinds.put("base64", base64(random, bytes, 76));
    kinds.put("logs", logs(random, bytes));
    kinds.put("mixed", mixed(kinds));
    kinds.putAll(worst(bytes));
    return kinds;
  }

  /** A slice of each in turn. */
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

  /** What other counters choke on. */
  static Map<String, String> worst(int bytes) {
    Random random = new Random(7);
    Map<String, String> worst = new LinkedHashMap<>();
    worst.put("1 MB a", "a".repeat(bytes));
    worst.put("1 MB letters", letters(random, bytes));
    worst.put("1 MB capitals", letters(random, bytes).toUpperCase(Locale.ROOT));
    worst.put("1 MB spaces", " ".repeat(bytes));
    worst.put("1 MB tabs", "\t".repeat(bytes));
    worst.put("1 MB newlines", "\n".repeat(bytes));
    worst.put("1 MB CRLF", "\r\n".repeat(bytes / 2));
    worst.put("1 MB dashes", "-".repeat(bytes));
    worst.put("1 MB equals", "=".repeat(bytes));
    worst.put("1 MB signs", signs(random, bytes));
    worst.put("1 MB blanks", blanks(random, bytes));
    worst.put("1 MB digits", "7".repeat(bytes));
    worst.put("1 MB Chinese", characters(random, CHINESE, bytes / 3).replaceAll("\\p{P}|\\s", ""));
    worst.put("1 MB one Han", "的".repeat(bytes / 3));
    worst.put("1 MB base64", base64(random, bytes, bytes));
    worst.put("1 MB marks", "a" + "\u0301".repeat(bytes / 2));
    worst.put("1 MB abab", "ab".repeat(bytes / 2));
    worst.put(
        "1 MB Thai", characters(random, "กขคงจฉชซญดตถทนบปผฝพฟมยรลวศษสหอะาิีึืุูเแโใไ", bytes / 3));
    return worst;
  }

  private static String prose(Random random, String[] words, int bytes) {
    StringBuilder text = new StringBuilder();
    boolean start = true;
    while (text.length() < bytes) {
      int rank = (int) (words.length * Math.pow(random.nextDouble(), 3));
      String word = words[rank];
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

  private static String lines(Random random, String[] lines, int bytes) {
    StringBuilder text = new StringBuilder();
    while (text.length() < bytes) {
      text.append(lines[random.nextInt(lines.length)]).append('\n');
    }
    return text.toString();
  }

  private static String json(Random random, int bytes) {
    String[] words = ENGLISH.split(" ", -1);
    StringBuilder text = new StringBuilder("[");
    while (text.length() < bytes) {
      text.append("{\"id\": \"")
          .append(Long.toHexString(random.nextLong()))
          .append("\", \"name\": \"");
      text.append(words[random.nextInt(words.length)])
          .append("\",\"amount\":")
          .append(random.nextInt());
      text.append(",\"tags\":[\"")
          .append(words[random.nextInt(words.length)])
          .append("\"],\"ok\":true},\n  ");
    }
    return text.append("]").toString();
  }

  private static String sentences(Random random, String source, int characters) {
    String[] parts = source.split("(?<=[。、])", -1);
    StringBuilder text = new StringBuilder();
    while (text.length() < characters) {
      text.append(parts[random.nextInt(parts.length)]);
    }
    return text.toString();
  }

  private static String characters(Random random, String source, int characters) {
    StringBuilder text = new StringBuilder();
    while (text.length() < characters) {
      text.append(source.charAt(random.nextInt(source.length())));
      if (random.nextInt(15) == 0 && source.equals(CHINESE)) {
        text.append(random.nextInt(4) == 0 ? '。' : ',');
      }
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

  private static String base64(Random random, int bytes, int line) {
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

  private static String letters(Random random, int bytes) {
    StringBuilder text = new StringBuilder();
    while (text.length() < bytes) {
      text.append((char) ('a' + random.nextInt(26)));
    }
    return text.toString();
  }

  private static String signs(Random random, int bytes) {
    StringBuilder text = new StringBuilder();
    while (text.length() < bytes) {
      text.append("-=_*#.~|<>".charAt(random.nextInt(10)));
    }
    return text.toString();
  }

  private static String blanks(Random random, int bytes) {
    StringBuilder text = new StringBuilder();
    while (text.length() < bytes) {
      text.append(" \t".charAt(random.nextInt(2)));
    }
    return text.toString();
  }
}
