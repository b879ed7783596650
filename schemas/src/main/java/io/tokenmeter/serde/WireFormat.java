package io.tokenmeter.serde;

import io.tokenmeter.serde.UnreadableRecordException.Kind;

/**
 * The five bytes before the Avro binary: 0, then the schema's id, most significant byte first.
 * Source: Confluent's documentation of the wire format of Schema Registry.
 */
final class WireFormat {
  static final int HEADER_BYTES = 5;
  private static final byte MAGIC = 0;

  private WireFormat() {}

  static void putHeader(byte[] target, int schemaId) {
    target[0] = MAGIC;
    target[1] = (byte) (schemaId >>> 24);
    target[2] = (byte) (schemaId >>> 16);
    target[3] = (byte) (schemaId >>> 8);
    target[4] = (byte) schemaId;
  }

  /**
   * @throws UnreadableRecordException of kind UNREADABLE when there are fewer than five bytes, the
   *     first is not 0 or the id is negative, which no registry gives out
   */
  static int schemaId(byte[] bytes, int offset, int length) {
    if (length < HEADER_BYTES) {
      throw unreadable(
          "it has " + length + " bytes, and the magic byte and schema id alone take 5");
    }
    if (bytes[offset] != MAGIC) {
      throw unreadable("its first byte is " + bytes[offset] + ", not the magic byte 0");
    }
    int id =
        (bytes[offset + 1] & 0xff) << 24
            | (bytes[offset + 2] & 0xff) << 16
            | (bytes[offset + 3] & 0xff) << 8
            | (bytes[offset + 4] & 0xff);
    if (id < 0) {
      throw unreadable("its schema id is " + id + ", and ids are 0 or more");
    }
    return id;
  }

  private static UnreadableRecordException unreadable(String why) {
    return new UnreadableRecordException(
        Kind.UNREADABLE,
        "The value is not in the Schema Registry's wire format: "
            + why
            + ". Produce it with a Schema Registry serializer.");
  }
}
