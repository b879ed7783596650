package io.tokenmeter.app.demo;

import io.tokenmeter.measured.count.Counters;

/**
 * What a caller asked and what the model answered, before either is put on the wire.
 *
 * @param callId distinguishes the provider's ids of the answer; letters and digits
 * @param model as the request names it
 * @param system the standing instruction
 * @param question what the caller asks
 * @param answer what the model says
 * @param stream the answer comes as server-sent events
 * @param createdSeconds when, in seconds since 1970
 */
record Talk(
    String callId,
    String model,
    String system,
    String question,
    String answer,
    boolean stream,
    long createdSeconds) {

  /** Tokens of a text as the provider of the model would count it. */
  long tokens(String provider, String text) {
    return Counters.shared().forModel(provider, model).count(text);
  }
}
