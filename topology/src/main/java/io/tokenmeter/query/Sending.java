package io.tokenmeter.query;

import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.ee10.servlet.HttpOutput;
import org.eclipse.jetty.util.Callback;

/**
 * Writes answers that are whole. No thread waits while a caller reads, so one who reads slowly, or
 * not at all, holds up nobody else and is cut off by the connection's idle time-out. Nothing is
 * read from a store any more by then: the answer is all there.
 */
final class Sending {
  /** Smaller ones aren't worth it. */
  private static final int COMPRESSED_FROM_BYTES = 1_500;

  private Sending() {}

  /** Headers are set already. */
  static void send(Context request, byte[] body) {
    byte[] sent = encoded(request, body);
    request.res().setContentLength(sent.length);
    request.future(
        () -> {
          CompletableFuture<Void> ended = new CompletableFuture<>();
          // Whoever has gone, or doesn't read, is told nothing.
          Callback callback =
              Callback.from(() -> ended.complete(null), failure -> ended.complete(null));
          try {
            ((HttpOutput) request.res().getOutputStream())
                .sendContent(ByteBuffer.wrap(sent), callback);
          } catch (IOException e) {
            callback.failed(e);
          }
          return ended;
        });
  }

  private static byte[] encoded(Context request, byte[] body) {
    if (body.length < COMPRESSED_FROM_BYTES) {
      return body;
    }
    request.header("Vary", "Accept-Encoding");
    if (!Objects.requireNonNullElse(request.header("Accept-Encoding"), "").contains("gzip")) {
      return body;
    }
    request.header("Content-Encoding", "gzip");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length / 4);
    try (GZIPOutputStream zipped = new GZIPOutputStream(bytes)) {
      zipped.write(body);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }
}
