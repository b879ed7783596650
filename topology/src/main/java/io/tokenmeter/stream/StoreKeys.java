package io.tokenmeter.stream;

import io.tokenmeter.ledger.Due;
import io.tokenmeter.ledger.QuotaScope;
import io.tokenmeter.ledger.QuotaSubject;
import io.tokenmeter.ledger.StateKey;
import io.tokenmeter.raw.OrgId;
import io.tokenmeter.raw.Scope;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * How the keys of the ledger's stores are made: the organisation first, so that what belongs to one
 * lies together, and a zero character between the parts, which no identifier can hold.
 */
public final class StoreKeys {
  private static final char SEPARATOR = '\0';
  private static final char TAB = '\t';
  private static final char AFTER_SEPARATOR = '\u0001';

  /** As many as the longest sequence has digits, so that keys have the order of numbers. */
  private static final String ZEROS = "0".repeat(19);

  private static final int DUE_HEAD = 1 + Long.BYTES;

  private StoreKeys() {}

  /** Of a usage window. */
  public static String window(OrgId orgId, String model, String billingType) {
    return orgId.value() + SEPARATOR + model + SEPARATOR + billingType;
  }

  /**
   * Of a usage window of someone within an organisation: beside the keys of the whole, so that
   * reading those doesn't read a key for each user.
   *
   * @param value who; empty for charges that name nobody
   */
  public static String window(OrgId orgId, Scope scope, String value) {
    return firstWindow(orgId, scope) + value;
  }

  /** The least key of an organisation's usage windows by project, user or key. */
  public static String firstWindow(OrgId orgId, Scope scope) {
    return orgId.value() + AFTER_SEPARATOR + letter(scope) + SEPARATOR;
  }

  /** A key above all of those, and below those of any other scope or organisation. */
  public static String lastWindow(OrgId orgId, Scope scope) {
    return orgId.value() + AFTER_SEPARATOR + letter(scope) + AFTER_SEPARATOR;
  }

  /** The project, user or key of a usage window's key; empty where charges name nobody. */
  public static String caller(String windowKey) {
    return windowKey.substring(windowKey.indexOf(SEPARATOR) + 1);
  }

  /** The least key of an organisation's usage windows. */
  public static String firstWindow(OrgId orgId) {
    return orgId.value() + SEPARATOR;
  }

  /** A key above all keys of an organisation's usage windows and below those of any other. */
  public static String lastWindow(OrgId orgId) {
    return orgId.value() + AFTER_SEPARATOR;
  }

  /** The model of a usage window's key; empty for charges that were free by policy. */
  public static String model(String windowKey) {
    int first = windowKey.indexOf(SEPARATOR);
    return windowKey.substring(first + 1, windowKey.indexOf(SEPARATOR, first + 1));
  }

  /** The billing type of a usage window's key. */
  public static String billingType(String windowKey) {
    return windowKey.substring(windowKey.lastIndexOf(SEPARATOR) + 1);
  }

  /** Of a charge; an organisation's are in order of their sequence, which is 0 or more. */
  public static String charge(OrgId orgId, long sequence) {
    String digits = Long.toString(sequence);
    return orgId.value() + SEPARATOR + ZEROS.substring(digits.length()) + digits;
  }

  /** Of what is remembered of one id. */
  public static String remembered(OrgId orgId, StateKey key) {
    return orgId.value() + SEPARATOR + letter(key.kind()) + key.id();
  }

  /** Whether a key of {@link #remembered} is of a kind of which each exchange has one. */
  static boolean isOneOfMany(String remembered) {
    return switch (kind(remembered.charAt(remembered.indexOf(SEPARATOR) + 1))) {
      case USAGE, WORK -> true;
      case COMMAND, GRANT, SUBJECT -> false;
    };
  }

  /**
   * The key of an answer in {@code ledger.entitlements}: the organisation, and for someone or
   * something within it scope and value too, with a tab between them, which no id can hold.
   */
  static String entitlement(OrgId orgId, QuotaSubject subject) {
    return subject.scope() == QuotaScope.ORGANISATION
        ? orgId.value()
        : orgId.value() + TAB + subject.scope().name() + TAB + subject.value();
  }

  /**
   * Of what is remembered of someone or something that quotas count; those of a scope lie together.
   *
   * @param value empty for the least key of the scope
   */
  public static String subject(OrgId orgId, QuotaScope scope, String value) {
    return subjects(orgId, scope) + QuotaSubject.SEPARATOR + value;
  }

  /** A key above all of a scope, and below those of any other. */
  public static String lastSubject(OrgId orgId, QuotaScope scope) {
    return subjects(orgId, scope) + (char) (QuotaSubject.SEPARATOR + 1);
  }

  /** The project, user, key or model of such a key. */
  public static String subject(String key, QuotaScope scope) {
    return key.substring(key.indexOf(SEPARATOR) + 2 + scope.name().length() + 1);
  }

  private static String subjects(OrgId orgId, QuotaScope scope) {
    return orgId.value() + SEPARATOR + letter(StateKey.Kind.SUBJECT) + scope.name();
  }

  /** Of what is remembered of a command. */
  public static String command(OrgId orgId, String commandId) {
    return orgId.value() + SEPARATOR + letter(StateKey.Kind.COMMAND) + commandId;
  }

  static String parked(OrgId orgId, String usageId) {
    return orgId.value() + SEPARATOR + usageId;
  }

  /** The organisation of a parked usage's key. */
  public static OrgId parkedOrg(String key) {
    return new OrgId(key.substring(0, key.indexOf(SEPARATOR)));
  }

  /** The usage of a parked usage's key. */
  public static String parkedUsage(String key) {
    return key.substring(key.indexOf(SEPARATOR) + 1);
  }

  /** Ordered by kind, then by time: big-endian milliseconds since 1970. */
  static byte[] due(Due due) {
    byte[] tail = remembered(due.orgId(), due.key()).getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(DUE_HEAD + tail.length)
        .put(letter(due.kind()))
        .putLong(due.at().toEpochMilli())
        .put(tail)
        .array();
  }

  /** A key at or below every due of that kind at or after a time. */
  static byte[] dueFrom(Due.Kind kind, long timeMs) {
    return ByteBuffer.allocate(DUE_HEAD).put(letter(kind)).putLong(timeMs).array();
  }

  static Due due(byte[] key) {
    ByteBuffer head = ByteBuffer.wrap(key);
    Due.Kind kind = dueKind(head.get());
    Instant at = Instant.ofEpochMilli(head.getLong());
    String tail = new String(key, DUE_HEAD, key.length - DUE_HEAD, StandardCharsets.UTF_8);
    int separator = tail.indexOf(SEPARATOR);
    return new Due(
        new OrgId(tail.substring(0, separator)),
        new StateKey(kind(tail.charAt(separator + 1)), tail.substring(separator + 2)),
        at,
        kind);
  }

  private static char letter(Scope scope) {
    return switch (scope) {
      case PROJECT -> 'p';
      case USER -> 'u';
      case API_KEY -> 'k';
    };
  }

  private static char letter(StateKey.Kind kind) {
    return switch (kind) {
      case USAGE -> 'u';
      case COMMAND -> 'c';
      case GRANT -> 'g';
      case WORK -> 'w';
      case SUBJECT -> 's';
    };
  }

  private static StateKey.Kind kind(char letter) {
    return switch (letter) {
      case 'u' -> StateKey.Kind.USAGE;
      case 'c' -> StateKey.Kind.COMMAND;
      case 'g' -> StateKey.Kind.GRANT;
      case 'w' -> StateKey.Kind.WORK;
      case 's' -> StateKey.Kind.SUBJECT;
      default -> throw new IllegalStateException("a stored key has the kind " + (int) letter);
    };
  }

  private static byte letter(Due.Kind kind) {
    return switch (kind) {
      case HALF_MISSING -> 'h';
      case HOLD -> 'o';
      case WINDOW -> 'w';
      case GRANT -> 'g';
    };
  }

  private static Due.Kind dueKind(byte letter) {
    return switch (letter) {
      case 'h' -> Due.Kind.HALF_MISSING;
      case 'o' -> Due.Kind.HOLD;
      case 'w' -> Due.Kind.WINDOW;
      case 'g' -> Due.Kind.GRANT;
      default -> throw new IllegalStateException("a stored due has the kind " + letter);
    };
  }
}
