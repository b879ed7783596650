package io.tokenmeter.query.access;

import io.tokenmeter.raw.OrgId;

/** What somebody who holds a token may see and do. */
public sealed interface Scope {
  /** One organisation, and what concerns nobody in particular. */
  record Organisation(OrgId org) implements Scope {}

  /**
   * To publish what went over the wire, for whichever organisation, and to read entitlements. It is
   * no organisation's: whoever publishes usage decides what others pay.
   */
  record Gateway() implements Scope {}

  /** Everything, and to act on it. */
  record Operator() implements Scope {}

  /** Nothing: who asks without a token, where none is needed. */
  record Nobody() implements Scope {}

  /** Whether it includes an organisation. */
  default boolean includes(OrgId org) {
    return this instanceof Operator || (this instanceof Organisation own && own.org().equals(org));
  }
}
