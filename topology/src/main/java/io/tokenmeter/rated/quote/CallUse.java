package io.tokenmeter.rated.quote;

import io.tokenmeter.measured.MeterReading;
import io.tokenmeter.measured.PromptImages;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a call uses, and what a price may depend on.
 *
 * @param model null when none is named
 * @param readings with what its text and its body come to
 * @param images given to the model, not in the readings yet
 * @param counted images that are in the readings
 * @param conditions what a rate may ask for, by name
 * @param outputKnown false where an answer is to be expected whose length nobody told
 */
public record CallUse(
    @Nullable String model,
    List<MeterReading> readings,
    List<InputImage> images,
    PromptImages counted,
    Map<String, String> conditions,
    boolean outputKnown) {
  public CallUse {
    readings = List.copyOf(readings);
    images = List.copyOf(images);
    conditions = Map.copyOf(conditions);
  }

  /** Whether there is nothing to price. */
  public boolean isNothing() {
    return readings.isEmpty() && images.isEmpty();
  }
}
