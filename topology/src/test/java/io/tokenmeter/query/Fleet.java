package io.tokenmeter.query;

import io.tokenmeter.ingest.otlp.SpanMeter;
import io.tokenmeter.measured.count.Counters;
import io.tokenmeter.query.access.AccessToken;
import io.tokenmeter.query.access.Doors;
import io.tokenmeter.query.access.PeerSecret;
import io.tokenmeter.query.access.Scope;
import io.tokenmeter.raw.OrgId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.KafkaStreams.State;

/** Instances in this process, over ledgers in memory; where state is, is what the test says. */
final class Fleet implements AutoCloseable {
  static final String OPERATOR = "an operator's";
  static final String GATEWAY = "a gateway's";
  static final String ACME = "acme's";
  static final String OTHER = "another organisation's";
  static final PeerSecret PEERS = PeerSecret.of("what the instances of a test have in common");
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<Member> members = new ArrayList<>();

  /** One instance. */
  static final class Member implements Routing {
    private final Instance self;
    final FixedLedger ledger = new FixedLedger();
    final FixedEvents events = new FixedEvents();
    final FixedTopics topics = new FixedTopics();
    final FixedPrices prices = new FixedPrices();
    final Metrics metrics = new Metrics();
    private final QueryServer server;
    volatile State state = State.RUNNING;
    volatile Place place;
    volatile Map<Instance, Set<Integer>> owners;

    private Member(int port) {
      self = new Instance("127.0.0.1", port);
      place = new Place.Assigned(0, self, List.of());
      owners = Map.of(self, Set.of(0));
      server =
          QueryServer.start(
              Listening.plain("127.0.0.1", port, doors()),
              List.of(new Application("ledger", () -> state)),
              metrics,
              new LedgerSources(
                  ledger,
                  this,
                  ledger::carryOut,
                  topics,
                  SpanMeter.ORGANISATION,
                  prices,
                  "gptbots",
                  Counters.shared(),
                  events,
                  InstantSource.fixed(FixedLedger.NOON)));
    }

    @Override
    public Instance self() {
      return self;
    }

    @Override
    public Place place(OrgId org) {
      return place;
    }

    @Override
    public Map<Instance, Set<Integer>> owners() {
      return owners;
    }

    /** Asks as an operator. */
    HttpResponse<String> ask(String target) {
      return ask(target, "Authorization", "Bearer " + OPERATOR);
    }

    HttpResponse<String> ask(String target, String... headers) {
      HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + self + target));
      if (headers.length > 0) {
        request.headers(headers);
      }
      return send(request.build());
    }

    /** Has something done as an operator. */
    HttpResponse<String> post(String target, String key, String body) {
      return send(
          HttpRequest.newBuilder(URI.create("http://" + self + target))
              .header("Authorization", "Bearer " + OPERATOR)
              .header(CommandKey.HEADER, key)
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build());
    }

    /** Asks as another instance. */
    HttpResponse<String> hop(String target, String copy) {
      return ask(target, Peers.HOP_HEADER, copy, Peers.SECRET_HEADER, PEERS.value());
    }

    HttpResponse<String> send(HttpRequest request) {
      try {
        return CLIENT.send(
            request,
            info ->
                info.headers().firstValue("Content-Type").equals(Optional.of("text/event-stream"))
                    ? HttpResponse.BodySubscribers.mapping(
                        HttpResponse.BodySubscribers.ofInputStream(), Fleet::letGo)
                    : HttpResponse.BodySubscribers.ofString(StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new AssertionError("no answer from " + request.uri(), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }

    List<Endpoint> endpoints() {
      return server.endpoints();
    }

    /** Methods and paths. */
    List<String> routes() {
      return server.routes();
    }

    void stop() {
      server.close();
    }
  }

  /** Of a stream that goes on nothing is read. */
  private static String letGo(InputStream stream) {
    try {
      stream.close();
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Doors doors() {
    String lines =
        AccessToken.line(OPERATOR, new Scope.Operator())
            + ","
            + AccessToken.line(GATEWAY, new Scope.Gateway())
            + ","
            + AccessToken.line(ACME, new Scope.Organisation(new OrgId("acme")))
            + ","
            + AccessToken.line(OTHER, new Scope.Organisation(new OrgId("other")));
    return Doors.of(AccessToken.parse("the test", lines), PEERS);
  }

  Member start() {
    Member member = new Member(freePort());
    members.add(member);
    return member;
  }

  /** A port that nothing listens on. */
  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new AssertionError("no free port", e);
    }
  }

  @Override
  public void close() {
    members.forEach(
        member -> {
          member.stop();
          member.metrics.close();
        });
  }
}
