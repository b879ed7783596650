package io.tokenmeter.measured.count;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Words of a language, the most frequent first, drawn as often as real text has them: the n-th with
 * a chance in proportion to 1 ÷ n.
 *
 * <p>The first hundred or two are written down here. Those behind them are of OpenAI's
 * vocabularies, which stand in the order in which merging text from the web made them, or are forms
 * of the first.
 */
final class Words {
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
  private static final String HAN =
      "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学"
          + "如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将";
  private static final String KANA =
      "の は を が に で と も た です ます から まで した して いる する ない こと これ それ という ために"
          + " できます しました ください ありません データ モデル トークン サーバー システム ユーザー エラー";

  private final List<String> words;

  private Words(Set<String> words) {
    this.words = List.copyOf(words);
  }

  /** Some 20,000 English words. */
  static Words english() {
    Set<String> words = listed(ENGLISH);
    words.addAll(tokens(Encoding.R50K, " [a-z]{4,}"));
    return new Words(words);
  }

  /** Some 9,000 French words and forms of them. */
  static Words french() {
    return new Words(forms(FRENCH, "  re dé in sur entre", "  s e es ment er ait ons ation eur"));
  }

  /** Some 10,000 Persian words and forms of them. */
  static Words persian() {
    return new Words(forms(PERSIAN, "  نا بی پیش هم می‌", "  ها های ی ترین تر م شان اند گر ان"));
  }

  /** Some 3,000 Han characters. */
  static Words han() {
    Set<String> words = new LinkedHashSet<>(List.of(HAN.split("", -1)));
    words.remove("");
    words.addAll(tokens(Encoding.O200K, "[\u4E00-\u9FFF]"));
    return new Words(words);
  }

  /** Words in kana and endings of Japanese. */
  static Words kana() {
    Set<String> words = listed(KANA);
    words.addAll(tokens(Encoding.O200K, "[\u3040-\u30FF]{2,}"));
    return new Words(words);
  }

  String next(Random random) {
    return words.get((int) Math.exp(random.nextDouble() * Math.log(words.size())));
  }

  private static Set<String> listed(String words) {
    return new LinkedHashSet<>(List.of(words.split(" ", -1)));
  }

  private static Set<String> forms(String stems, String prefixes, String suffixes) {
    Set<String> words = listed(stems);
    for (String suffix : listed(suffixes)) {
      for (String prefix : listed(prefixes)) {
        for (String stem : listed(stems)) {
          words.add(prefix + stem + suffix);
        }
      }
    }
    return words;
  }

  private static List<String> tokens(Encoding encoding, String expression) {
    Pattern pattern = Pattern.compile(expression);
    RankFile ranks = RankFile.load(encoding);
    List<String> found = new ArrayList<>();
    for (int rank = 0; rank < ranks.size(); rank++) {
      String token = ranks.has(rank) ? new String(ranks.token(rank), UTF_8) : "";
      if (pattern.matcher(token).matches()) {
        found.add(token.strip());
      }
    }
    return found;
  }
}
