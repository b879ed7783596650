package io.tokenmeter.query.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.tokenmeter.raw.OrgId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An identity provider in this process, and what its tokens and others' open. */
class SignedTokensTest {
  private static final String ISSUER = "https://id.example";
  private ECKey key;
  private HttpServer provider;
  private Doors doors;

  @BeforeEach
  void start() throws IOException, JOSEException {
    key = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
    byte[] keys = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
    provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    provider.createContext(
        "/keys",
        exchange -> {
          exchange.sendResponseHeaders(200, keys.length);
          exchange.getResponseBody().write(keys);
          exchange.close();
        });
    provider.start();
    String url = "http://127.0.0.1:" + provider.getAddress().getPort() + "/keys";
    doors =
        Doors.of(
            List.of(),
            new IdentityProvider(
                url, ISSUER, "tokenmeter", "org_id", "scope", "meter:operate", "meter:publish"),
            PeerSecret.unshared());
  }

  @AfterEach
  void stop() {
    provider.stop(0);
  }

  @Test
  void openTheOrganisationThatTheirClaimNames() throws JOSEException {
    assertThat(admit(signed(key, claims -> claims.claim("org_id", "acme"))))
        .isEqualTo(new Admission.Admitted(new Scope.Organisation(new OrgId("acme"))));
  }

  @Test
  void openEverythingWithTheOperatorsScopeInWordsOrInAnArray() throws JOSEException {
    Admission operator = new Admission.Admitted(new Scope.Operator());
    assertThat(admit(signed(key, claims -> claims.claim("scope", "openid meter:operate"))))
        .isEqualTo(operator);
    assertThat(
            admit(signed(key, claims -> claims.claim("scope", List.of("meter:operate", "openid")))))
        .isEqualTo(operator);
  }

  @Test
  void openPublishingWithTheGatewaysScope() throws JOSEException {
    assertThat(admit(signed(key, claims -> acme(claims).claim("scope", "openid meter:publish"))))
        .isEqualTo(new Admission.Admitted(new Scope.Gateway()));
    assertThat(admit(signed(key, claims -> claims.claim("scope", "meter:publish meter:operate"))))
        .isEqualTo(new Admission.Admitted(new Scope.Operator()));
  }

  @Test
  void openNothingWithoutAnOrganisationOrTheWholeScope() throws JOSEException {
    refused(signed(key, claims -> {}), "no organisation in its claim org_id");
    refused(signed(key, claims -> claims.claim("scope", "meter:operate2")), "meter:publish in");
    refused(signed(key, claims -> claims.claim("org_id", " ")), "no organisation");
    refused(signed(key, claims -> claims.claim("org_id", 7)), "no organisation");
  }

  @Test
  void openNothingWhenTheyAreOfAnotherIssuerForAnotherAudienceOrOver() throws JOSEException {
    refused(signed(key, claims -> acme(claims).issuer("https://other.example")), ISSUER);
    refused(signed(key, claims -> acme(claims).audience("billing")), ISSUER);
    refused(signed(key, claims -> acme(claims).expirationTime(minutesFromNow(-2))), ISSUER);
    refused(signed(key, claims -> acme(claims).expirationTime(null)), ISSUER);
    refused(signed(key, claims -> acme(claims).notBeforeTime(minutesFromNow(2))), ISSUER);
  }

  @Test
  void openNothingWhenTheProviderDidNotSignThem() throws JOSEException {
    ECKey other = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
    refused(signed(other, SignedTokensTest::acme), ISSUER);
    String good = signed(key, SignedTokensTest::acme);
    refused(good.substring(0, good.lastIndexOf('.') + 1), ISSUER);
    refused(new PlainJWT(acme(claims()).build()).serialize(), ISSUER);
  }

  /** Else the public key, which everybody has, would be the secret. */
  @Test
  void openNothingWhenTheyAreSignedWithTheProvidersPublicKeyAsASecret() throws JOSEException {
    SignedJWT forged =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("k1").build(), acme(claims()).build());
    forged.sign(new MACSigner(key.toPublicJWK().toECPublicKey().getEncoded()));
    refused(forged.serialize(), ISSUER);
  }

  @Test
  void waitForTheProviderWhenItsKeysCannotBeHad() throws JOSEException {
    provider.stop(0);
    assertThat(admit(signed(key, SignedTokensTest::acme)))
        .isInstanceOfSatisfying(
            Admission.Undecided.class,
            undecided ->
                assertThat(undecided.why()).contains("can't be had from http://127.0.0.1"));
  }

  private void refused(String token, String why) {
    assertThat(admit(token))
        .isInstanceOfSatisfying(
            Admission.Refused.class,
            refused -> assertThat(refused.why()).contains(why).doesNotContain(token));
  }

  private Admission admit(String token) {
    return doors.admit("Bearer " + token, "192.0.2.1");
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience(List.of("other", "tokenmeter"))
        .expirationTime(minutesFromNow(5));
  }

  private static JWTClaimsSet.Builder acme(JWTClaimsSet.Builder claims) {
    return claims.claim("org_id", "acme");
  }

  private static String signed(ECKey key, Consumer<JWTClaimsSet.Builder> more)
      throws JOSEException {
    JWTClaimsSet.Builder claims = claims();
    more.accept(claims);
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
            claims.build());
    token.sign(new ECDSASigner(key));
    return token.serialize();
  }

  private static Date minutesFromNow(int minutes) {
    return Date.from(Instant.now().plusSeconds(60L * minutes));
  }
}
