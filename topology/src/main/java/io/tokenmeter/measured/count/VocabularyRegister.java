package io.tokenmeter.measured.count;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Which vocabulary a model uses, as the data file {@code vocabularies.txt} says. */
final class VocabularyRegister {
  /**
   * @param assumed whether the model's maker has not published it
   */
  record Entry(ModelPattern model, Encoding encoding, boolean assumed) {}

  private final List<Entry> entries;

  VocabularyRegister(List<List<String>> lines) {
    entries = lines.stream().flatMap(VocabularyRegister::entries).toList();
  }

  static VocabularyRegister load() {
    return new VocabularyRegister(DataLines.of("vocabularies.txt"));
  }

  private static Stream<Entry> entries(List<String> line) {
    if (line.size() < 3) {
      throw new IllegalArgumentException(
          "vocabulary line is " + line + "; \"vocabulary basis model...\" is expected");
    }
    Encoding encoding = Encoding.valueOf(line.get(0).toUpperCase(Locale.ROOT));
    boolean assumed =
        switch (line.get(1)) {
          case "published" -> false;
          case "assumed" -> true;
          default ->
              throw new IllegalArgumentException(
                  "basis is " + line.get(1) + "; published or assumed is allowed");
        };
    return line.stream()
        .skip(2)
        .map(model -> new Entry(new ModelPattern(model), encoding, assumed));
  }

  /**
   * The closest entry.
   *
   * @param bareName as {@link ModelPattern#bareName} makes it
   */
  Optional<Entry> find(String bareName) {
    return entries.stream()
        .filter(entry -> entry.model.matches(bareName))
        .reduce((best, next) -> next.model.closerThan(best.model) ? next : best);
  }
}
