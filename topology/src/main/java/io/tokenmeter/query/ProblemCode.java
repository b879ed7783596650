package io.tokenmeter.query;

/** Why a request was not answered; where a record can fail in the same way, the same word. */
public enum ProblemCode {
  /** No problem: it was taken, and is not done yet. */
  UNDER_WAY(202, "Under way"),
  /** An organisation's id breaks the rules for ids. */
  INVALID_ID(400, "Invalid id"),
  /** A parameter is missing, unknown or not one of the allowed values. */
  INVALID_PARAMETER(400, "Invalid parameter"),
  /** More was asked for than one request may have. */
  RANGE_TOO_LONG(400, "Range too long"),
  /** The body isn't what the path takes. */
  INVALID_BODY(400, "Invalid body"),
  /** The request isn't valid HTTP. */
  INVALID_REQUEST(400, "Invalid request"),
  /** The request has no token. */
  NO_TOKEN(401, "No token"),
  /** The request's token opens nothing. */
  UNKNOWN_TOKEN(401, "Unknown token"),
  /** The token is good, but not for this. */
  OPERATORS_ONLY(403, "Operators only"),
  /** The token is an organisation's, and who pays can't say for what. */
  GATEWAYS_ONLY(403, "Gateways only"),
  /** The token is a gateway's, and this is none of its business. */
  NOT_FOR_GATEWAYS(403, "Not for gateways"),
  /** Nothing ever happened to the organisation. */
  UNKNOWN_ORGANISATION(404, "Unknown organisation"),
  /** No such price book is published. */
  UNKNOWN_BOOK(404, "Unknown book"),
  /** The price book has no such model. */
  UNKNOWN_MODEL(404, "Unknown model"),
  /** The charge isn't among the organisation's recent ones. */
  UNKNOWN_CHARGE(404, "Unknown charge"),
  /** The ledger hasn't seen such a command, or has forgotten it. */
  UNKNOWN_COMMAND(404, "Unknown command"),
  /** The organisation has no such quota. */
  UNKNOWN_QUOTA(404, "Unknown quota"),
  /** The organisation's settings don't ask for usage to be kept by that. */
  USAGE_NOT_KEPT(404, "Usage not kept"),
  /** No such path. */
  UNKNOWN_PATH(404, "Unknown path"),
  /** The path exists, but not for this method. */
  METHOD_NOT_ALLOWED(405, "Method not allowed"),
  /** The body is larger than a request may be. */
  BODY_TOO_LARGE(413, "Body too large"),
  /** The body is of another type, or compressed otherwise, than the path takes. */
  UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"),
  /** The price book has none for what is asked, or none at that time. */
  NO_PRICE(422, "No price"),
  /** Something else was asked under the same key. */
  IDEMPOTENCY_KEY_REUSED(422, "Idempotency key reused"),
  /** Too many tokens from the caller's address opened nothing. */
  TOO_MANY_FAILURES(429, "Too many failures"),
  /** A bug. */
  INTERNAL(500, "Internal error"),
  /** Another instance forwarded the request, and this one doesn't hold the state (any more). */
  NOT_HERE(503, "Not held here"),
  /** The identity provider's keys can't be had, so its tokens can't be checked. */
  IDENTITY_PROVIDER_AWAY(503, "Identity provider away"),
  /** The brokers didn't take a command in time. */
  BROKERS_AWAY(503, "Brokers away"),
  /** As many streams of events as may be are open. */
  TOO_MANY_STREAMS(503, "Too many streams"),
  /** As many commands as may be are being waited for. */
  TOO_MANY_COMMANDS(503, "Too many commands"),
  /** As much of gateways' batches as may be is being taken. */
  TOO_MANY_BATCHES(503, "Too many batches"),
  /** As many quotes as may be are being worked out. */
  TOO_MANY_QUOTES(503, "Too many quotes"),
  /** Partitions are being assigned. */
  REBALANCING(503, "Rebalancing"),
  /** Neither the owner nor a standby answered. */
  OWNER_AWAY(503, "Owner away"),
  /** An application isn't running yet, or is restoring its stores. */
  NOT_READY(503, "Not ready"),
  /** An application stopped and won't come back by itself. */
  NOT_ALIVE(503, "Not alive");

  private final int status;
  private final String title;

  ProblemCode(int status, String title) {
    this.status = status;
    this.title = title;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The same for every problem of this code. */
  public String title() {
    return title;
  }
}
