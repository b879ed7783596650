package io.tokenmeter.query.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.tokenmeter.raw.InvalidRecordException;
import io.tokenmeter.raw.OrgId;
import java.net.URL;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Tokens that an identity provider signed: JWT (RFC 7519) by the provider's key set (RFC 7517),
 * with an asymmetric signature, the right issuer and audience, and an expiry that hasn't passed by
 * more than a minute.
 */
final class SignedTokens {
  private static final int CONNECT_TIMEOUT_MS = 1_000;
  private static final int READ_TIMEOUT_MS = 2_000;
  private static final int KEY_SET_BYTES = 256 << 10;

  /** None that is symmetric: whoever can check such a token can make one. */
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  private final IdentityProvider provider;
  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

  SignedTokens(IdentityProvider provider, URL keys) {
    this.provider = provider;
    // Keys are kept for five minutes; one that isn't among them is looked for twice in half a
    // minute at most, so that made-up key ids don't become requests.
    JWKSource<SecurityContext> source =
        JWKSourceBuilder.create(
                keys,
                new DefaultResourceRetriever(CONNECT_TIMEOUT_MS, READ_TIMEOUT_MS, KEY_SET_BYTES))
            .retrying(true)
            .build();
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, source));
    processor.setJWTClaimsSetVerifier(
        new DefaultJWTClaimsVerifier<>(
            provider.audience(),
            new JWTClaimsSet.Builder().issuer(provider.issuer()).build(),
            Set.of("exp")));
  }

  /** Whether something has the form of such a token: three parts. */
  static boolean looksLikeOne(String token) {
    return token.chars().filter(c -> c == '.').count() == 2;
  }

  Admission admit(String token) {
    try {
      return admit(processor.process(token, null));
    } catch (KeySourceException e) {
      return new Admission.Undecided(
          "the keys of "
              + provider.issuer()
              + " can't be had from "
              + provider.keysUrl()
              + "; try again in a second, and see whether that answers");
    } catch (BadJOSEException | JOSEException | ParseException e) {
      return new Admission.Refused(
          "the token isn't one that "
              + provider.issuer()
              + " signed for "
              + provider.audience()
              + " and that still holds; get a new one from there");
    }
  }

  private Admission admit(JWTClaimsSet claims) {
    Collection<?> words = words(claims.getClaim(provider.scopeClaim()));
    if (words.contains(provider.operatorScope())) {
      return new Admission.Admitted(new Scope.Operator());
    }
    if (words.contains(provider.gatewayScope())) {
      return new Admission.Admitted(new Scope.Gateway());
    }
    if (claims.getClaim(provider.organisationClaim()) instanceof String org) {
      try {
        return new Admission.Admitted(new Scope.Organisation(new OrgId(org)));
      } catch (InvalidRecordException e) {
        // Refused below: no organisation has such an id.
      }
    }
    return new Admission.Refused(
        "the token has no organisation in its claim "
            + provider.organisationClaim()
            + " and neither "
            + provider.operatorScope()
            + " nor "
            + provider.gatewayScope()
            + " in "
            + provider.scopeClaim()
            + "; have one of them put in");
  }

  /** A claim that is words with spaces between (RFC 8693) or an array of them. */
  private static Collection<?> words(Object claim) {
    if (claim instanceof String text) {
      return Arrays.asList(text.split(" ", -1));
    }
    return claim instanceof Collection<?> words ? words : List.of();
  }
}
