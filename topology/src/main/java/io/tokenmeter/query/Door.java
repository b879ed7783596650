package io.tokenmeter.query;

import io.tokenmeter.query.access.Scope;

/** Who may ask at an endpoint. */
enum Door {
  /** Anybody. */
  OPEN,
  /** Whoever has a token, a gateway's too. */
  TOKEN,
  /** Organisations and operators. */
  CALLER,
  /** The organisation in the path, and operators; for others there is no such organisation. */
  ORGANISATION,
  /** They, and gateways, which have to know who may call. */
  ENTITLEMENT,
  /** Gateways and operators: those who may say what somebody else pays for. */
  GATEWAY,
  /** Operators. */
  OPERATOR;

  /** Whether it opens to a scope, for some organisation at least. */
  boolean opensTo(Scope scope) {
    if (scope instanceof Scope.Operator) {
      return true;
    }
    return switch (this) {
      case OPEN -> true;
      case TOKEN, ENTITLEMENT ->
          scope instanceof Scope.Organisation || scope instanceof Scope.Gateway;
      case CALLER, ORGANISATION -> scope instanceof Scope.Organisation;
      case GATEWAY -> scope instanceof Scope.Gateway;
      case OPERATOR -> false;
    };
  }
}
