package io.tokenmeter.measured.dialect;

import io.tokenmeter.measured.Meter;
import io.tokenmeter.measured.MeterReading;
import io.tokenmeter.measured.Operation;
import io.tokenmeter.measured.Provenance;
import io.tokenmeter.measured.body.FormReader;
import io.tokenmeter.measured.body.JsonCursor;
import io.tokenmeter.raw.Quantity;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's images: generated, edited, varied.
 *
 * <p>Source: OpenAI, API reference, "Images": older models charge for images by size and quality,
 * {@code gpt-image-*} for tokens, of which the output is images. The defaults of {@code n}, size
 * and quality are documented there for the {@code dall-e} models, which are the default model.
 */
final class OpenAiImages implements Dialect {
  private static final long MOST_IMAGES = 100;

  @Override
  public String name() {
    return "openai-images";
  }

  @Override
  public Operation operation() {
    return Operation.IMAGE_GENERATION;
  }

  @Override
  public Meter outputMeter() {
    return Meter.OUTPUT_IMAGE_TOKENS;
  }

  @Override
  public boolean speaks(Route route) {
    return route.endsWith("/images/generations")
        || route.endsWith("/images/edits")
        || route.endsWith("/images/variations");
  }

  @Override
  public boolean resembles(Shape shape) {
    return shape.type().startsWith("image_generation.")
        || shape.type().startsWith("image_edit.")
        || (shape.has("created") && shape.has("data") && !shape.has("object"));
  }

  /** What was asked for. */
  private static final class Order {
    private @Nullable String model;
    private @Nullable String size;
    private @Nullable String quality;
    private long count = 1;

    void field(String name, @Nullable String value) {
      if (value != null && !value.isEmpty() && value.length() <= 40) {
        switch (name) {
          case "size" -> size = value;
          case "quality" -> quality = value;
          default -> {}
        }
      }
    }

    void count(@Nullable Long asked) {
      count = asked == null ? count : Math.max(1, Math.min(MOST_IMAGES, asked));
    }

    void writeOn(RequestSheet sheet) {
      boolean old = model == null ? sheet.route().isTo("openai") : model.startsWith("dall-e");
      if (model == null && old) {
        model = "dall-e-2";
      }
      sheet.model(model);
      String known = old && size == null ? "1024x1024" : size;
      String fine = old && quality == null ? "standard" : quality;
      sheet.reading(
          new MeterReading(
              Meter.IMAGES, Quantity.of(count), Provenance.TOKENIZED, dimensions(known, fine)));
    }
  }

  @Override
  public void readRequest(JsonCursor body, RequestSheet sheet) throws IOException {
    Order order = new Order();
    body.object(
        (field, value) -> {
          switch (field) {
            case "model" -> order.model = value.name();
            case "stream" -> sheet.stream(value.isTrue());
            case "n" -> order.count(value.whole());
            default -> order.field(field, value.name());
          }
        });
    order.writeOn(sheet);
  }

  @Override
  public void readForm(List<FormReader.Part> parts, RequestSheet sheet) {
    Order order = new Order();
    for (FormReader.Part part : parts) {
      switch (part.name()) {
        case "model" -> order.model = part.value();
        case "stream" -> sheet.stream(part.value().equals("true"));
        case "n" -> order.count(part.whole().orElse(null));
        default -> order.field(part.name(), part.value());
      }
    }
    order.writeOn(sheet);
  }

  @Override
  public void readAnswer(JsonCursor body, AnswerSheet sheet) throws IOException {
    String[] told = new String[2];
    // An answer without its list says nothing of how many there are.
    int[] images = {-1};
    body.object(
        (field, value) -> {
          switch (field) {
            case "data" -> {
              images[0] = 0;
              value.array(image -> images[0]++);
            }
            case "type" -> {
              String type = value.name();
              if (type != null && type.endsWith(".completed")) {
                images[0] = 1;
                sheet.ended();
              }
            }
            case "size" -> told[0] = value.name();
            case "quality" -> told[1] = value.name();
            case "usage" -> OpenAiUsage.read(value, sheet);
            case "error" -> {
              if (!value.isNull()) {
                sheet.failed();
              }
            }
            default -> {}
          }
        });
    if (images[0] >= 0) {
      sheet.seen(Meter.IMAGES, images[0], dimensions(told[0], told[1]));
    }
  }

  private static Map<String, String> dimensions(@Nullable String size, @Nullable String quality) {
    Map<String, String> dimensions = new HashMap<>(4);
    if (size != null) {
      dimensions.put("size", size);
    }
    if (quality != null) {
      dimensions.put("quality", quality);
    }
    return dimensions;
  }
}
