package io.tokenmeter.measured.dialect;

import io.tokenmeter.measured.Meter;
import io.tokenmeter.measured.Operation;
import io.tokenmeter.measured.body.FormReader;
import io.tokenmeter.measured.body.JsonCursor;
import java.io.IOException;
import java.util.List;

/**
 * One wire protocol: knows its routes, where its text is and what its usage figures include.
 *
 * <p>A dialect has no state: what it reads it writes on the sheet that it is given. It is handed
 * the root value of a body, or of each event of a stream, and takes the fields it knows; all others
 * are skipped. It need not handle framing, broken bodies, HTTP errors, counting, sums or clamping.
 */
public interface Dialect {
  /** The protocol's name in facts, as in {@code openai-chat}. */
  String name();

  /** What kind of call this is. */
  Operation operation();

  /** Whether a call to this route speaks this protocol. */
  boolean speaks(Route route);

  /** Whether a body of this shape can only be of this protocol, where no route tells. */
  default boolean resembles(Shape shape) {
    return false;
  }

  /** What its usage figures include. */
  default Containment containment() {
    return Containment.ALL_INSIDE;
  }

  /** The meter of input that nothing says more about. */
  default Meter inputMeter() {
    return Meter.INPUT_TOKENS;
  }

  /** The meter of output that nothing says more about. */
  default Meter outputMeter() {
    return Meter.OUTPUT_TOKENS;
  }

  /** Whether an answer may be audio, images or plain text, of which nothing is read. */
  default boolean answersUnread() {
    return false;
  }

  /** Reads a request's JSON. */
  default void readRequest(JsonCursor body, RequestSheet sheet) throws IOException {}

  /** Reads a request that is a multipart form. */
  default void readForm(List<FormReader.Part> parts, RequestSheet sheet) {}

  /** Reads an answer's JSON. */
  void readAnswer(JsonCursor body, AnswerSheet sheet) throws IOException;

  /**
   * Reads the JSON of a stream's event.
   *
   * @param event the event's name; empty when it has none
   */
  default void readEvent(String event, JsonCursor data, AnswerSheet sheet) throws IOException {
    readAnswer(data, sheet);
  }
}
