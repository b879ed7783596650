package io.tokenmeter.measured.count;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What an image in the input costs, in tokens, by OpenAI's published rules.
 *
 * <p>Source: OpenAI's guide "Images and vision", section "Calculating costs". Models for which no
 * rule is published there (as of the date of this file GPT-5.2 and its successors among them) have
 * none here, rather than a guess.
 */
public final class ImageTokens {
  /**
   * The rule that GPTBots publishes: 85 and 170 for each tile of 512 pixels, without scaling the
   * image first.
   */
  public static final String TILES_WITHOUT_RESCALING = "tiles_without_rescaling";

  private static final ImageRule UNSCALED = new ImageRule.UnscaledTiles(85, 170);

  private record Row(ModelPattern model, ImageRule rule) {}

  private static final List<Row> ROWS = new ArrayList<>();

  static {
    ImageRule gpt4 = new ImageRule.Tiles(85, 170);
    add(gpt4, "gpt-4o", "gpt-4o-*", "chatgpt-4o-*", "gpt-4.1", "gpt-4.1-2*", "gpt-4.5-*");
    add(gpt4, "gpt-4-turbo", "gpt-4-turbo-2024-04-09", "gpt-4-vision-preview");
    add(gpt4, "gpt-4-1106-vision-preview");
    add(new ImageRule.Tiles(2833, 5667), "gpt-4o-mini", "gpt-4o-mini-*");
    ImageRule reasoning = new ImageRule.Tiles(75, 150);
    add(reasoning, "o1", "o1-2*", "o1-pro", "o1-pro-*", "o3", "o3-2*", "o3-pro", "o3-pro-*");
    ImageRule gpt5 = new ImageRule.Tiles(70, 140);
    add(gpt5, "gpt-5", "gpt-5-2*", "gpt-5-chat-*");
    add(new ImageRule.Tiles(65, 129), "computer-use-preview", "computer-use-preview-*");
    add(new ImageRule.FidelityTiles(65, 129, 4096, 6144), "gpt-image-1");
    ImageRule mini = new ImageRule.Patches(1536, 162);
    add(mini, "gpt-4.1-mini", "gpt-4.1-mini-*", "gpt-5-mini", "gpt-5-mini-*");
    ImageRule nano = new ImageRule.Patches(1536, 246);
    add(nano, "gpt-4.1-nano", "gpt-4.1-nano-*", "gpt-5-nano", "gpt-5-nano-*");
    add(new ImageRule.Patches(1536, 172), "o4-mini", "o4-mini-*");
  }

  private ImageTokens() {}

  private static void add(ImageRule rule, String... models) {
    for (String model : models) {
      ROWS.add(new Row(new ModelPattern(model), rule));
    }
  }

  /**
   * Tokens of one image.
   *
   * @param model as a request names it, with or without a vendor before a slash
   * @param detail {@link Detail#AUTO} counts as {@link Detail#HIGH}, which is what OpenAI reports
   *     for it; for {@code gpt-image-1} this is the input fidelity, whose default is low
   * @return empty where no rule is published for the model, or for it at that detail
   */
  public static OptionalLong tokens(String model, ImageSize size, Detail detail) {
    String name = ModelPattern.bareName(model);
    Row best = null;
    for (Row row : ROWS) {
      if (row.model.matches(name) && (best == null || row.model.closerThan(best.model))) {
        best = row;
      }
    }
    return best == null ? OptionalLong.empty() : best.rule.tokens(size, detail);
  }

  /**
   * Tokens of one image by a rule that a price book names.
   *
   * @param rule {@link #TILES_WITHOUT_RESCALING}
   * @return empty when there is no rule of that name
   */
  public static OptionalLong byRule(String rule, ImageSize size) {
    return rule.equals(TILES_WITHOUT_RESCALING)
        ? UNSCALED.tokens(size, Detail.HIGH)
        : OptionalLong.empty();
  }
}
