package io.tokenmeter.app.demo;

import java.nio.charset.StandardCharsets;

/**
 * A call as it went over the wire.
 *
 * @param provider who was asked
 * @param path of the call
 * @param request body, JSON
 * @param status HTTP status of the answer
 * @param responseType content type of the answer
 * @param response body
 */
record Exchanged(
    String provider,
    String path,
    String request,
    int status,
    String responseType,
    String response) {

  byte[] requestBytes() {
    return request.getBytes(StandardCharsets.UTF_8);
  }

  byte[] responseBytes() {
    return response.getBytes(StandardCharsets.UTF_8);
  }

  /** The same call, but the provider refused it. */
  Exchanged refused(int refusal, String body) {
    return new Exchanged(provider, path, request, refusal, "application/json", body);
  }

  /** The same call, but the caller hung up after so many percent of the answer. */
  Exchanged cutAt(int percent) {
    int end = response.length() * percent / 100;
    return new Exchanged(provider, path, request, status, responseType, response.substring(0, end));
  }
}
