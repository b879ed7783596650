package io.tokenmeter.query.access;

/**
 * Who signs tokens, and what its claims are called.
 *
 * @param keysUrl where its key set is
 * @param issuer the {@code iss} that a token must have
 * @param audience the {@code aud} that a token must have among its own
 * @param organisationClaim which claim holds the id of the holder's organisation
 * @param scopeClaim which claim holds what the holder may do
 * @param operatorScope the word in it that makes an operator
 * @param gatewayScope the word in it that makes a gateway
 */
public record IdentityProvider(
    String keysUrl,
    String issuer,
    String audience,
    String organisationClaim,
    String scopeClaim,
    String operatorScope,
    String gatewayScope) {
  /**
   * @throws IllegalArgumentException when issuer or audience is empty: then tokens that were made
   *     for something else would open this too
   */
  public IdentityProvider {
    if (issuer.isBlank() || audience.isBlank()) {
      throw new IllegalArgumentException(
          "the issuer is \"" + issuer + "\" and the audience \"" + audience + "\"; set both");
    }
  }
}
