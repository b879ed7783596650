package io.tokenmeter.query;

import io.javalin.http.Context;
import io.tokenmeter.raw.OrgId;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What can be asked about an organisation: reads the request, and has the answer looked up. */
final class LedgerRoutes {
  private static final int LONGEST_SUBJECT = 200;

  private final LedgerReader reader;
  private final Lookup lookup;
  private final InstantSource now;

  LedgerRoutes(LedgerReader reader, Lookup lookup, InstantSource now) {
    this.reader = reader;
    this.lookup = lookup;
    this.now = now;
  }

  List<Endpoint> endpoints() {
    return List.of(
        of("/balance", "balance", this::balance),
        of("/grants", "grants", this::grants),
        of("/quotas", "quotas", this::quotas),
        of("/quotas/{quota}", "quota", this::quota),
        of("/terms", "terms", this::terms),
        of("/usage", "usage", this::usage),
        of("/charges", "charges", this::charges),
        of("/charges/{usage}", "charge", this::charge),
        of("/entitlement", "entitlement", Door.ENTITLEMENT, this::entitlement));
  }

  private static Endpoint of(String path, String name, Function<Context, Answer> answer) {
    return of(path, name, Door.ORGANISATION, answer);
  }

  private static Endpoint of(
      String path, String name, Door door, Function<Context, Answer> answer) {
    return Endpoint.get(
        "/v1/orgs/{org}" + path,
        name,
        door,
        request -> {
          requireUri(request);
          return answer.apply(request);
        });
  }

  private Answer balance(Context request) {
    OrgId org = org(request);
    Instant at = now.instant();
    return answer(request, copy -> reader.balance(org, at, copy));
  }

  private Answer grants(Context request) {
    OrgId org = org(request);
    return answer(request, copy -> reader.grants(org, copy));
  }

  private Answer quotas(Context request) {
    OrgId org = org(request);
    Instant at = now.instant();
    return answer(request, copy -> reader.quotas(org, at, copy));
  }

  private Answer quota(Context request) {
    OrgId org = org(request);
    Instant at = now.instant();
    SubjectsQuery query =
        new SubjectsQuery(
            request.pathParam("quota"),
            subject(request, "subject"),
            subject(request, "after"),
            (int) whole(request, "limit", 1, SubjectsQuery.MAX_LIMIT).orElse(SubjectsQuery.LIMIT));
    return answer(request, copy -> reader.quota(org, query, at, copy));
  }

  private static @Nullable String subject(Context request, String name) {
    String subject = request.queryParam(name);
    if (subject != null && (subject.isEmpty() || subject.length() > LONGEST_SUBJECT)) {
      throw new ProblemException(
          ProblemCode.INVALID_PARAMETER,
          name
              + " has "
              + subject.length()
              + " characters; allowed are 1 to "
              + LONGEST_SUBJECT
              + ", the name of a project, user, key or model");
    }
    return subject;
  }

  private Answer terms(Context request) {
    OrgId org = org(request);
    return answer(request, copy -> reader.terms(org, copy));
  }

  private Answer entitlement(Context request) {
    OrgId org = org(request);
    return answer(request, copy -> reader.entitlement(org, copy));
  }

  private Answer usage(Context request) {
    OrgId org = org(request);
    UsageQuery query = UsageParameters.parse(request.queryParamMap(), now.instant());
    return answer(request, copy -> reader.usage(org, query, copy));
  }

  private Answer charges(Context request) {
    OrgId org = org(request);
    ChargesQuery query =
        new ChargesQuery(
            whole(request, "after", 0, Long.MAX_VALUE).orElse(ChargesQuery.NEWEST_FIRST),
            whole(request, "before", 1, Long.MAX_VALUE).orElse(Long.MAX_VALUE),
            (int) whole(request, "limit", 1, ChargesQuery.MAX_LIMIT).orElse(ChargesQuery.LIMIT));
    return answer(request, copy -> reader.charges(org, query, copy));
  }

  private Answer charge(Context request) {
    OrgId org = org(request);
    String usage = request.pathParam("usage");
    return answer(request, copy -> reader.charge(org, usage, copy));
  }

  private Answer answer(Context request, Function<Copy, ? extends Reading<?>> read) {
    Question question =
        new Question(
            org(request),
            target(request),
            whole(request, "max_lag", 0, Long.MAX_VALUE).orElse(Question.ANY_LAG),
            read);
    Optional<Copy> hop = hop(request);
    return hop.isPresent() ? lookup.answerPeer(question, hop.get()) : lookup.answer(question);
  }

  static OptionalLong whole(Context request, String name, long least, long most) {
    String value = request.queryParam(name);
    if (value == null) {
      return OptionalLong.empty();
    }
    try {
      long number = Long.parseLong(value);
      if (number >= least && number <= most) {
        return OptionalLong.of(number);
      }
    } catch (NumberFormatException e) {
      // Said below, with what is allowed.
    }
    String shown = value.length() > 100 ? value.substring(0, 100) + "…" : value;
    throw new ProblemException(
        ProblemCode.INVALID_PARAMETER,
        name
            + " is \""
            + shown
            + "\"; allowed is a whole number from "
            + least
            + (most == Long.MAX_VALUE ? " on" : " to " + most));
  }

  private static OrgId org(Context request) {
    return new OrgId(request.pathParam("org"));
  }

  static Optional<Copy> hop(Context request) {
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

  /**
   * Before anything of it is read.
   *
   * @throws ProblemException when path and query can't be passed on; the owner refuses them too, so
   *     that an answer doesn't depend on who was asked
   */
  private static void requireUri(Context request) {
    try {
      URI unused = new URI(target(request));
    } catch (URISyntaxException e) {
      throw new ProblemException(
          ProblemCode.INVALID_REQUEST,
          "the path or query is no URI at character "
              + e.getIndex()
              + "; encode what has a meaning there, as in %7C for |");
    }
  }
}
