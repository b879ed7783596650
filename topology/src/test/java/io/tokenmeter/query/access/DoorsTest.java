package io.tokenmeter.query.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenmeter.raw.OrgId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoorsTest {
  private static final String HERE = "192.0.2.1";
  private static final Scope ACME = new Scope.Organisation(new OrgId("acme, ltd = 100% / گیلاس"));
  private final String operator = AccessToken.fresh();
  private final String acme = AccessToken.fresh();
  private final String gateway = AccessToken.fresh();
  private final PeerSecret secret = PeerSecret.of("a secret that instances share, 32 long");
  private long nanos = Long.MAX_VALUE - 1_000;
  private final Doors doors =
      Doors.timed(
          AccessToken.parse(
              "the test",
              "# the operators' own\n"
                  + AccessToken.line(operator, new Scope.Operator())
                  + " # on call\n\n"
                  + AccessToken.line(acme, ACME)
                  + ","
                  + AccessToken.line(gateway, new Scope.Gateway())),
          secret,
          () -> nanos);

  @Test
  void opensToATokenWhatItsLineSays() {
    assertThat(doors.admit("Bearer " + operator, HERE))
        .isEqualTo(new Admission.Admitted(new Scope.Operator()));
    assertThat(doors.admit("bearer  " + acme + " ", HERE)).isEqualTo(new Admission.Admitted(ACME));
    assertThat(doors.admit("Bearer " + gateway, HERE))
        .isEqualTo(new Admission.Admitted(new Scope.Gateway()));
    assertThat(doors.admit(null, HERE)).isEqualTo(new Admission.NoToken());
  }

  @Test
  void doesNotOpenToTheHashThatItIsKeptAs() {
    String hash = AccessToken.line(operator, new Scope.Operator()).substring(0, 64);
    assertThat(doors.admit("Bearer " + hash, HERE)).isInstanceOf(Admission.Refused.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer", "Bearer ", "Bearer x", "Basic eDp5", "", "x"})
  void refusesWhateverElseStandsInTheHeaderAndRepeatsNothingOfIt(String header) {
    assertThat(doors.admit(header, HERE))
        .isInstanceOfSatisfying(
            Admission.Refused.class, refused -> assertThat(refused.why()).doesNotContain("eDp5"));
  }

  @Test
  void makesAnAddressWaitAfterTenFailuresAndThenLooksAtOneEverySixSeconds() {
    for (int i = 0; i < FailedAttempts.ALLOWED; i++) {
      assertThat(doors.admit("Bearer wrong" + i, HERE)).isInstanceOf(Admission.Refused.class);
    }
    assertThat(doors.admit("Bearer wrong", HERE))
        .isEqualTo(new Admission.TooManyFailures(Duration.ofSeconds(6)));
    assertThat(doors.admitPeer("wrong", HERE)).isInstanceOf(Admission.TooManyFailures.class);
    assertThat(doors.admit("Bearer wrong", "192.0.2.2")).isInstanceOf(Admission.Refused.class);
    nanos += Duration.ofSeconds(6).toNanos();
    assertThat(doors.admit("Bearer wrong", HERE)).isInstanceOf(Admission.Refused.class);
    assertThat(doors.admit("Bearer wrong", HERE)).isInstanceOf(Admission.TooManyFailures.class);
  }

  @Test
  void letsNobodyLockOutWhoHasATokenByFailingFromTheSameAddress() {
    for (int i = 0; i < 1_000; i++) {
      doors.admit("Bearer wrong" + i, HERE);
    }
    assertThat(doors.admit("Bearer " + acme, HERE)).isEqualTo(new Admission.Admitted(ACME));
    assertThat(doors.admitPeer(secret.value(), HERE)).isInstanceOf(Admission.Admitted.class);
  }

  @Test
  void knowsNoMoreAddressesThanItsBoundAndAWholeNetworkOfIpv6AsOne() {
    FailedAttempts failures = new FailedAttempts(() -> nanos);
    for (int i = 0; i < FailedAttempts.ALLOWED; i++) {
      failures.failed("2001:db8:0:1::" + i);
    }
    assertThat(failures.size()).isEqualTo(1);
    assertThat(failures.remaining("2001:db8:0:1:ffff::1")).isPositive();
    assertThat(failures.remaining("2001:db8:0:2::1")).isZero();
    for (int i = 0; i < 3 * FailedAttempts.ADDRESSES; i++) {
      failures.failed("10.0." + i / 256 + "." + i % 256);
    }
    assertThat(failures.size()).isEqualTo(FailedAttempts.ADDRESSES);
  }

  @Test
  void letsAnotherInstanceInByTheSecretAlone() {
    assertThat(doors.admitPeer(secret.value(), HERE))
        .isEqualTo(new Admission.Admitted(new Scope.Operator()));
    assertThat(doors.admitPeer(null, HERE)).isInstanceOf(Admission.Refused.class);
    assertThat(doors.admitPeer(secret.value() + "x", HERE)).isInstanceOf(Admission.Refused.class);
    assertThat(secret).hasToString("PeerSecret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tm_secret | has no =",
        "tm_secret=operator | doesn't begin with a SHA-256",
        "HASH=root | opens none of operator, gateway and org:",
        "HASH=org: | names no organisation: org_id",
        "HASH=org:a%zz | names no organisation",
      })
  void saysWhichLineIsNoneAndNeverWhatItHolds(String line, String why) {
    String hash = AccessToken.line(acme, new Scope.Operator()).substring(0, 64);
    assertThatThrownBy(
            () -> AccessToken.parse("http.tokens", "# note\n" + line.replace("HASH", hash)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("entry 2 of http.tokens " + why)
        .hasMessageEndingWith(
            "; allowed is <64 hexadecimal digits>=operator, =gateway or =org:<id>, as `tokenmeter"
                + " token` prints it")
        .hasMessageNotContaining("tm_secret");
  }

  @Test
  void makesTokensThatNobodyGuesses() {
    List<String> tokens = List.of(AccessToken.fresh(), AccessToken.fresh(), AccessToken.fresh());
    assertThat(tokens).doesNotHaveDuplicates().allMatch(t -> t.matches("tm_[A-Za-z0-9_-]{43}"));
  }
}
