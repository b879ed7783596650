package io.tokenmeter.stream;

import io.tokenmeter.ledger.ContentHash;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * How the keys of the store of ids lie in it: those of usages as a mark and a hash of 16 bytes,
 * since there is one for each exchange of the dedupe horizon, and all others as they are, since
 * they are few and some are read in ranges.
 *
 * <p>A key that was read back is the mark and the hash in hexadecimal digits. It stands for the
 * same entry and is written as the same bytes. No identifier begins with a control character, so it
 * can't be taken for one.
 */
final class IdKeys implements Serde<String> {
  private static final char MARK = '\u0001';

  @Override
  public Serializer<String> serializer() {
    return (topic, key) -> key == null ? null : bytes(key);
  }

  @Override
  public Deserializer<String> deserializer() {
    return (topic, bytes) -> bytes == null ? null : key(bytes);
  }

  static byte[] bytes(String key) {
    if (key.charAt(0) == MARK) {
      return marked(HexFormat.of().parseHex(key, 1, key.length()));
    }
    return StoreKeys.isOneOfMany(key)
        ? marked(ContentHash.ofTexts(key).bytes())
        : key.getBytes(StandardCharsets.UTF_8);
  }

  private static String key(byte[] bytes) {
    return bytes[0] == MARK
        ? MARK + HexFormat.of().formatHex(bytes, 1, bytes.length)
        : new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] marked(byte[] hash) {
    byte[] bytes = new byte[1 + ContentHash.BYTES];
    bytes[0] = MARK;
    System.arraycopy(hash, 0, bytes, 1, ContentHash.BYTES);
    return bytes;
  }
}
