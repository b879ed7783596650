package io.tokenmeter.query.access;

import io.tokenmeter.raw.InvalidRecordException;
import io.tokenmeter.raw.OrgId;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A token that is kept as a line: {@code <sha256>=operator}, {@code <sha256>=gateway} or {@code
 * <sha256>=org:<id>}, the id percent-encoded as in a path. Lines stand beneath each other or with
 * commas between; what follows a {@code #} is a note.
 */
public final class AccessToken {
  private static final int BYTES = 32;
  private static final String PREFIX = "tm_";
  private static final String OPERATOR = "operator";
  private static final String GATEWAY = "gateway";
  private static final String ORGANISATION = "org:";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final TokenHash hash;
  private final Scope scope;

  private AccessToken(TokenHash hash, Scope scope) {
    this.hash = hash;
    this.scope = scope;
  }

  /** 256 random bits that nobody else has, as text that fits in a header. */
  public static String fresh() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The line by which a token is known; the token can't be told from it. */
  public static String line(String token, Scope scope) {
    String hash = TokenHash.of(token).hex();
    if (scope instanceof Scope.Organisation own) {
      String id = URLEncoder.encode(own.org().value(), StandardCharsets.UTF_8);
      return hash + "=" + ORGANISATION + id.replace("+", "%20");
    }
    return hash + "=" + (scope instanceof Scope.Gateway ? GATEWAY : OPERATOR);
  }

  /**
   * Reads lines.
   *
   * @param source what they come from, for the message
   * @throws IllegalArgumentException when one isn't such a line, naming its place and what is
   *     allowed, and nothing of what it holds: a token may have been put where its hash belongs
   */
  public static List<AccessToken> parse(String source, String lines) {
    List<AccessToken> tokens = new ArrayList<>();
    int number = 0;
    for (String line : lines.split("[\\n,]", -1)) {
      number++;
      int note = line.indexOf('#');
      String text = (note < 0 ? line : line.substring(0, note)).strip();
      if (!text.isEmpty()) {
        tokens.add(token(source, number, text));
      }
    }
    return List.copyOf(tokens);
  }

  TokenHash hash() {
    return hash;
  }

  Scope scope() {
    return scope;
  }

  private static AccessToken token(String source, int number, String text) {
    int equals = text.indexOf('=');
    if (equals < 0) {
      throw invalid(source, number, "has no =");
    }
    TokenHash hash =
        TokenHash.parse(text.substring(0, equals))
            .orElseThrow(() -> invalid(source, number, "doesn't begin with a SHA-256"));
    String scope = text.substring(equals + 1);
    if (scope.equals(OPERATOR)) {
      return new AccessToken(hash, new Scope.Operator());
    }
    if (scope.equals(GATEWAY)) {
      return new AccessToken(hash, new Scope.Gateway());
    }
    if (!scope.startsWith(ORGANISATION)) {
      throw invalid(source, number, "opens none of operator, gateway and org:");
    }
    try {
      String id = scope.substring(ORGANISATION.length()).replace("+", "%2B");
      OrgId org = new OrgId(URLDecoder.decode(id, StandardCharsets.UTF_8));
      return new AccessToken(hash, new Scope.Organisation(org));
    } catch (InvalidRecordException | IllegalArgumentException e) {
      throw invalid(source, number, "names no organisation: " + e.getMessage());
    }
  }

  private static IllegalArgumentException invalid(String source, int number, String what) {
    return new IllegalArgumentException(
        "entry "
            + number
            + " of "
            + source
            + " "
            + what
            + "; allowed is <64 hexadecimal digits>=operator, =gateway or =org:<id>, as `tokenmeter"
            + " token` prints it");
  }
}
