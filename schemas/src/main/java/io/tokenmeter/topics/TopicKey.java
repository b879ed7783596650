package io.tokenmeter.topics;

/** What a topic's key is. All are UTF-8 strings, except where bytes are kept as they came. */
public enum TopicKey {
  /** Whatever the producer likes; null is fine. */
  ANY,
  /** The organisation, so that its records have one order. */
  ORG_ID,
  /** The price book and the model. */
  BOOK_AND_MODEL,
  /** The bytes of the record that was rejected. */
  AS_IT_CAME,
}
