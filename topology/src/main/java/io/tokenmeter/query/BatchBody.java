package io.tokenmeter.query;

import io.javalin.http.Context;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** The body of a batch, decompressed and bounded, read as it comes. */
final class BatchBody extends FilterInputStream {
  /** Decompressed. */
  static final int MOST_BYTES = 32 << 20;

  private static final int CHUNK_BYTES = 64 << 10;

  private final InFlight.Share share;
  private long read;

  private BatchBody(InputStream source, InFlight.Share share) {
    super(source);
    this.share = share;
  }

  /**
   * Opens a request's body.
   *
   * @throws ProblemException when it is compressed by something else than gzip
   */
  static InputStream of(Context request, InFlight.Share share) throws IOException {
    InputStream source = request.req().getInputStream();
    String encoding =
        Objects.requireNonNullElse(request.header("Content-Encoding"), "")
            .strip()
            .toLowerCase(Locale.ROOT);
    return switch (encoding) {
      case "", "identity" -> new BatchBody(source, share);
      case "gzip" -> new BatchBody(new GZIPInputStream(source, CHUNK_BYTES), share);
      default ->
          throw new ProblemException(
              ProblemCode.UNSUPPORTED_MEDIA_TYPE,
              "Content-Encoding is neither gzip nor identity; send the body so");
    };
  }

  /** The media type of a body, without its parameters and in lower case; empty when it has none. */
  static String mediaType(Context request) {
    String type = Objects.requireNonNullElse(request.header("Content-Type"), "");
    int parameters = type.indexOf(';');
    return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
  }

  @Override
  public int read() throws IOException {
    int next = super.read();
    counted(next < 0 ? next : 1);
    return next;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    return counted(super.read(bytes, offset, length));
  }

  private int counted(int bytes) {
    if (bytes > 0) {
      read += bytes;
      if (read > MOST_BYTES) {
        throw new ProblemException(
            ProblemCode.BODY_TOO_LARGE,
            "the batch is over "
                + (MOST_BYTES >> 20)
                + " MiB, decompressed; send fewer items at a time");
      }
      share.grow(read);
    }
    return bytes;
  }
}
