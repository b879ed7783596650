package io.tokenmeter.bench;

import io.tokenmeter.schema.KeyMode;
import io.tokenmeter.schema.LlmRequest;
import io.tokenmeter.schema.LlmResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/** Exchanges as gateways publish them: OpenAI's chat completions in JSON. */
final class Traffic {
  /** Of request and answer together. */
  static final int EXCHANGE_BYTES = 4096;

  /** Of the text in each; JSON and what else is in a body make up the rest. */
  private static final int ASKED_BYTES = 2400;

  private static final int ANSWERED_BYTES = 1250;
  private static final String JSON = "application/json";

  private final Texts texts;
  private final int organisations;
  private final String run;
  private long exchanges;

  /**
   * @param run put into the ids, so that no two runs have one in common
   * @param organisations how many there are; they take turns
   */
  Traffic(String run, long seed, int organisations) {
    this.run = run;
    this.texts = new Texts(seed);
    this.organisations = organisations;
  }

  /**
   * An exchange.
   *
   * @param org who pays
   */
  record Exchange(String id, String org, LlmRequest request, LlmResponse response) {}

  static String organisation(int number) {
    return "org-%07d".formatted(number);
  }

  /** The next one. */
  Exchange next() {
    return next(organisation((int) (exchanges % organisations)));
  }

  Exchange next(String org) {
    String id = "chatcmpl-%s-4d0c-9a57-%012d".formatted(run, exchanges++);
    Instant now = Instant.now();
    return new Exchange(id, org, request(id, org, now), response(id, org, now));
  }

  private LlmRequest request(String id, String org, Instant now) {
    return LlmRequest.newBuilder()
        .setRequestId(id)
        .setOrgId(org)
        .setUserId("user-" + id.charAt(id.length() - 1))
        .setApiKeyId("key-1")
        .setProvider(Wire.OPENAI.provider())
        .setEndpoint(Wire.OPENAI.path())
        .setModel(Wire.OPENAI.model())
        .setKeyMode(KeyMode.PLATFORM)
        .setOccurredAt(now)
        .setContentType(JSON)
        .setBody(ByteBuffer.wrap(Wire.OPENAI.requestBytes(texts.next(ASKED_BYTES))))
        .setAttributes(Map.of())
        .build();
  }

  private LlmResponse response(String id, String org, Instant now) {
    byte[] body = Wire.OPENAI.answer(texts.next(ANSWERED_BYTES)).getBytes(StandardCharsets.UTF_8);
    return LlmResponse.newBuilder()
        .setRequestId(id)
        .setOrgId(org)
        .setProvider(Wire.OPENAI.provider())
        .setEndpoint(Wire.OPENAI.path())
        .setModel(Wire.OPENAI.model())
        .setOccurredAt(now)
        .setStatus(200)
        .setContentType(JSON)
        .setBody(ByteBuffer.wrap(body))
        .setTruncated(false)
        .setAttributes(Map.of())
        .build();
  }
}
