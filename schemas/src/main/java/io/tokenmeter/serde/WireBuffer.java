package io.tokenmeter.serde;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;

/**
 * Where one thread puts a record together: a growing array with its encoder, kept for the thread's
 * next record. What a large body made it grow to is given back, so that idle threads hold no
 * megabytes.
 */
final class WireBuffer extends OutputStream {
  private static final int INITIAL_BYTES = 4 * 1024;
  private static final int KEPT_BYTES = 256 * 1024;
  private static final ThreadLocal<WireBuffer> OF_THREAD = ThreadLocal.withInitial(WireBuffer::new);

  private final BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(this, null);
  private byte[] bytes = new byte[INITIAL_BYTES];
  private int length;

  private WireBuffer() {}

  static <T> byte[] encode(int schemaId, DatumWriter<T> writer, T record) throws IOException {
    WireBuffer buffer = OF_THREAD.get();
    try {
      WireFormat.putHeader(buffer.bytes, schemaId);
      buffer.length = WireFormat.HEADER_BYTES;
      writer.write(record, buffer.encoder);
      return Arrays.copyOf(buffer.bytes, buffer.length);
    } finally {
      if (buffer.bytes.length > KEPT_BYTES) {
        buffer.bytes = new byte[INITIAL_BYTES];
      }
    }
  }

  @Override
  public void write(int b) {
    reserve(1);
    bytes[length++] = (byte) b;
  }

  @Override
  public void write(byte[] source, int offset, int count) {
    reserve(count);
    System.arraycopy(source, offset, bytes, length, count);
    length += count;
  }

  private void reserve(int count) {
    int needed = Math.addExact(length, count);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, (int) Math.min(2L * bytes.length, 1 << 30)));
    }
  }
}
