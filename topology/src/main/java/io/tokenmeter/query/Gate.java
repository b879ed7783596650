package io.tokenmeter.query;

import io.javalin.http.Context;
import io.tokenmeter.query.access.Admission;
import io.tokenmeter.query.access.Doors;
import io.tokenmeter.query.access.Scope;
import io.tokenmeter.raw.OrgId;

/**
 * Stands before every endpoint: looks at what a request carries and lets it in, or says why not.
 */
final class Gate {
  private static final Scope NOBODY = new Scope.Nobody();

  private final Doors doors;

  Gate(Doors doors) {
    this.doors = doors;
  }

  /**
   * Who asks.
   *
   * @throws ProblemException when they may not
   */
  Scope admit(Context request, Door door) {
    if (door == Door.OPEN) {
      return NOBODY;
    }
    Scope scope = scope(request);
    boolean concernsOrg = request.pathParamMap().containsKey("org");
    if (concernsOrg && !(scope instanceof Scope.Gateway)) {
      OrgId org = new OrgId(request.pathParam("org"));
      if (!scope.includes(org)) {
        throw new ProblemException(Lookup.unknown(org));
      }
    }
    if (!door.opensTo(scope)) {
      throw new ProblemException(closed(door, scope));
    }
    return scope;
  }

  private static Problem closed(Door door, Scope scope) {
    if (scope instanceof Scope.Gateway) {
      return new Problem(
          ProblemCode.NOT_FOR_GATEWAYS,
          "the token is a gateway's, which may publish and read entitlements; take an operator's or"
              + " an organisation's");
    }
    return door == Door.GATEWAY
        ? new Problem(
            ProblemCode.GATEWAYS_ONLY,
            "the token is an organisation's, which can't say what it pays for; this takes a"
                + " gateway's or an operator's, and `tokenmeter token --gateway` makes one")
        : new Problem(
            ProblemCode.OPERATORS_ONLY,
            "the token is an organisation's, and this takes an operator's; `tokenmeter token`"
                + " without --org makes one");
  }

  private Scope scope(Context request) {
    String address = request.req().getRemoteAddr();
    Admission admission =
        request.header(Peers.HOP_HEADER) == null
            ? doors.admit(request.header("Authorization"), address)
            : doors.admitPeer(request.header(Peers.SECRET_HEADER), address);
    if (admission instanceof Admission.Admitted admitted) {
      return admitted.scope();
    }
    throw new ProblemException(problem(admission));
  }

  private static Problem problem(Admission admission) {
    if (admission instanceof Admission.Refused refused) {
      return new Problem(ProblemCode.UNKNOWN_TOKEN, refused.why());
    }
    if (admission instanceof Admission.TooManyFailures failures) {
      return new Problem(
          ProblemCode.TOO_MANY_FAILURES,
          "too many tokens from this address opened nothing; wait "
              + (failures.remaining().toSeconds() + 1)
              + " seconds and send one that does");
    }
    if (admission instanceof Admission.Undecided undecided) {
      return new Problem(ProblemCode.IDENTITY_PROVIDER_AWAY, undecided.why());
    }
    return new Problem(
        ProblemCode.NO_TOKEN,
        "the request has no token; send the header Authorization: Bearer TOKEN, and see"
            + " `tokenmeter token` for making one");
  }
}
