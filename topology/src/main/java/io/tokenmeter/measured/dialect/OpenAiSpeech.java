package io.tokenmeter.measured.dialect;

import io.tokenmeter.measured.Meter;
import io.tokenmeter.measured.MeterReading;
import io.tokenmeter.measured.Operation;
import io.tokenmeter.measured.Provenance;
import io.tokenmeter.measured.body.JsonCursor;
import io.tokenmeter.measured.body.Texts;
import java.io.IOException;

/**
 * OpenAI's speech: the characters of the request are what is read aloud.
 *
 * <p>Source: OpenAI, API reference, "Create speech": the answer is audio without usage; asked for
 * as events, its {@code speech.audio.done} has usage, whose output is audio.
 */
final class OpenAiSpeech implements Dialect {
  @Override
  public String name() {
    return "openai-speech";
  }

  @Override
  public Operation operation() {
    return Operation.SPEECH;
  }

  @Override
  public Meter outputMeter() {
    return Meter.OUTPUT_AUDIO_TOKENS;
  }

  @Override
  public boolean speaks(Route route) {
    return route.endsWith("/audio/speech");
  }

  @Override
  public boolean answersUnread() {
    return true;
  }

  @Override
  public boolean resembles(Shape shape) {
    return shape.type().startsWith("speech.audio.") || (shape.has("input") && shape.has("voice"));
  }

  @Override
  public void readRequest(JsonCursor body, RequestSheet sheet) throws IOException {
    body.object(
        (field, value) -> {
          switch (field) {
            case "model" -> sheet.model(value.name());
            case "input" -> {
              Texts text = new Texts();
              value.addTo(text);
              sheet.reading(
                  MeterReading.of(Meter.TTS_CHARACTERS, text.characters(), Provenance.TOKENIZED));
            }
            default -> {}
          }
        });
  }

  @Override
  public void readAnswer(JsonCursor body, AnswerSheet sheet) throws IOException {
    body.object(
        (field, value) -> {
          switch (field) {
            case "type" -> {
              if ("speech.audio.done".equals(value.name())) {
                sheet.ended();
              }
            }
            case "usage" -> OpenAiUsage.read(value, sheet);
            default -> {}
          }
        });
  }
}
