package io.tokenmeter.measured.dialect;

import io.tokenmeter.measured.Meter;
import io.tokenmeter.measured.Operation;
import io.tokenmeter.measured.body.JsonCursor;
import java.io.IOException;
import java.util.Map;

/**
 * Imagen, at the Gemini API and at Vertex AI: charged for by the image that comes back.
 *
 * <p>Source: Google, Vertex AI, "Imagen API": an image that was filtered out has no bytes.
 */
final class VertexImages implements Dialect {
  @Override
  public String name() {
    return "imagen";
  }

  @Override
  public Operation operation() {
    return Operation.IMAGE_GENERATION;
  }

  @Override
  public boolean speaks(Route route) {
    return route.endsWith(":predict") && route.contains("imagen");
  }

  @Override
  public void readRequest(JsonCursor body, RequestSheet sheet) throws IOException {
    sheet.modelIfUnnamed(sheet.route().between("/models/", ":"));
  }

  @Override
  public void readAnswer(JsonCursor body, AnswerSheet sheet) throws IOException {
    long[] images = {0};
    body.object(
        (field, value) -> {
          if (field.equals("predictions")) {
            value.array(
                one ->
                    one.object(
                        (name, inner) -> {
                          boolean image =
                              name.equals("bytesBase64Encoded") || name.equals("gcsUri");
                          images[0] += image ? 1 : 0;
                        }));
          }
        });
    sheet.seen(Meter.IMAGES, images[0], Map.of());
  }
}
