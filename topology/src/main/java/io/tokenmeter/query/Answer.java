package io.tokenmeter.query;

/**
 * An answer to a request, ready to be written.
 *
 * @param status HTTP status
 * @param contentType of the body
 * @param body not copied; whoever holds one must not change it
 */
@SuppressWarnings("ArrayRecordComponent") // Written once, from the one who made it to the socket.
record Answer(int status, String contentType, byte[] body) {
  static final String JSON = "application/json";

  static Answer of(int status, String contentType, byte[] body) {
    return new Answer(status, contentType, body);
  }

  static Answer json(Object document) {
    return new Answer(200, JSON, Json.bytes(document));
  }

  /** A status that passes by itself, so that the caller is told when to try again. */
  boolean passing() {
    return status == 503;
  }
}
