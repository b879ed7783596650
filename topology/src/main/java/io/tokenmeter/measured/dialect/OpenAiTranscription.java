package io.tokenmeter.measured.dialect;

import io.tokenmeter.measured.Meter;
import io.tokenmeter.measured.Operation;
import io.tokenmeter.measured.body.FormReader;
import io.tokenmeter.measured.body.JsonCursor;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;

/**
 * OpenAI's transcriptions and translations of audio.
 *
 * <p>Source: OpenAI, API reference, "Create transcription": usage is of type {@code tokens}, with
 * audio and text inside the input, or {@code duration} in seconds; a verbose answer without usage
 * has the {@code duration}. The text isn't counted: the models that charge for it report it.
 */
final class OpenAiTranscription implements Dialect {
  private final Operation operation;
  private final String tail;

  /**
   * @param operation transcription or translation
   * @param tail what the path ends with
   */
  OpenAiTranscription(Operation operation, String tail) {
    this.operation = operation;
    this.tail = tail;
  }

  @Override
  public String name() {
    return "openai-" + operation.wireName();
  }

  @Override
  public Operation operation() {
    return operation;
  }

  @Override
  public boolean speaks(Route route) {
    return route.endsWith(tail);
  }

  @Override
  public boolean answersUnread() {
    return true;
  }

  @Override
  public boolean resembles(Shape shape) {
    return operation == Operation.TRANSCRIPTION
        && (shape.type().startsWith("transcript.text.")
            || (shape.has("text") && shape.has("usage") && !shape.has("choices")));
  }

  @Override
  public void readRequest(JsonCursor body, RequestSheet sheet) throws IOException {
    body.object(
        (field, value) -> {
          switch (field) {
            case "model" -> sheet.model(value.name());
            case "stream" -> sheet.stream(value.isTrue());
            default -> {}
          }
        });
  }

  @Override
  public void readForm(List<FormReader.Part> parts, RequestSheet sheet) {
    for (FormReader.Part part : parts) {
      switch (part.name()) {
        case "model" -> sheet.model(part.value());
        case "stream" -> sheet.stream(part.value().equals("true"));
        case "file" -> sheet.uncounted();
        default -> {}
      }
    }
  }

  @Override
  public void readAnswer(JsonCursor body, AnswerSheet sheet) throws IOException {
    BigDecimal[] duration = {null};
    boolean[] told = {false};
    body.object(
        (field, value) -> {
          switch (field) {
            case "type" -> {
              if ("transcript.text.done".equals(value.name())) {
                sheet.ended();
              }
            }
            case "model" -> sheet.model(value.name());
            case "duration" -> duration[0] = value.decimal();
            case "usage" -> {
              told[0] = value.isObject();
              OpenAiUsage.read(value, sheet);
            }
            default -> {}
          }
        });
    if (!told[0]) {
      sheet.reported(Meter.AUDIO_SECONDS, duration[0]);
    }
  }
}
