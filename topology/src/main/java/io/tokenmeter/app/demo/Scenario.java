package io.tokenmeter.app.demo;

/** What happens to an exchange of the demo. */
public enum Scenario {
  /** Request, then answer. */
  NORMAL,
  /** The gateway wasn't sure and sends both halves again. */
  SENT_TWICE,
  /** The answer overtakes its request. */
  ANSWER_FIRST,
  /** A model that no price book knows. */
  UNPRICED_MODEL,
  /** A request whose JSON breaks off; its answer never comes. */
  BROKEN_JSON,
  /** Bytes that aren't a record at all. */
  GARBAGE,
  /** A provider that speaks a protocol of its own. */
  UNKNOWN_DIALECT,
  /** The provider refuses: 429. */
  RATE_LIMITED,
  /** The provider fails: 500. */
  PROVIDER_DOWN,
  /** The caller hangs up in the middle of a stream. */
  HUNG_UP,
  /** No answer ever comes. */
  UNANSWERED,
  /** Another request under an id that was used. */
  CONFLICT,
  /** A usage record: what a knowledge base stored for a day. */
  STORAGE;

  /** How many exchanges make a round, in which each of these happens once. */
  static final int ROUND = 48;

  /** What happens to the exchange of a number, from 0. */
  static Scenario of(int number) {
    return switch (number % ROUND) {
      case 3 -> SENT_TWICE;
      case 6 -> ANSWER_FIRST;
      case 9 -> UNPRICED_MODEL;
      case 12 -> BROKEN_JSON;
      case 15 -> GARBAGE;
      case 18 -> UNKNOWN_DIALECT;
      case 21 -> RATE_LIMITED;
      case 24 -> PROVIDER_DOWN;
      case 27 -> HUNG_UP;
      case 30 -> UNANSWERED;
      case 33 -> CONFLICT;
      case 36 -> STORAGE;
      default -> NORMAL;
    };
  }
}
