package io.tokenmeter.query;

import io.javalin.http.Context;
import io.tokenmeter.raw.OrgId;
import java.time.InstantSource;
import java.util.Optional;

/** What can be asked about an organisation: reads the request, and has the answer looked up. */
final class LedgerRoutes {
  private final LedgerReader reader;
  private final Lookup lookup;
  private final InstantSource now;

  LedgerRoutes(LedgerReader reader, Lookup lookup, InstantSource now) {
    this.reader = reader;
    this.lookup = lookup;
    this.now = now;
  }

  Answer balance(Context request) {
    OrgId org = org(request);
    return answer(request, new Question(org, target(request), copy -> reader.balance(org, copy)));
  }

  Answer entitlement(Context request) {
    OrgId org = org(request);
    return answer(
        request, new Question(org, target(request), copy -> reader.entitlement(org, copy)));
  }

  Answer usage(Context request) {
    OrgId org = org(request);
    UsageQuery query = UsageParameters.parse(request.queryParamMap(), now.instant());
    return answer(
        request, new Question(org, target(request), copy -> reader.usage(org, query, copy)));
  }

  private Answer answer(Context request, Question question) {
    Optional<Copy> hop = hop(request);
    return hop.isPresent() ? lookup.answerPeer(question, hop.get()) : lookup.answer(question);
  }

  private static OrgId org(Context request) {
    return new OrgId(request.pathParam("org"));
  }

  private static Optional<Copy> hop(Context request) {
    String value = request.header(Peers.HOP_HEADER);
    if (value == null) {
      return Optional.empty();
    }
    return Optional.of(
        Copy.named(value)
            .orElseThrow(
                () ->
                    new ProblemException(
                        ProblemCode.INVALID_PARAMETER,
                        Peers.HOP_HEADER
                            + " is not owner or any; leave the header out, instances set it")));
  }

  /** The path and query as they came, so that the owner is asked the same. */
  private static String target(Context request) {
    String query = request.queryString();
    return request.req().getRequestURI() + (query == null ? "" : "?" + query);
  }
}
