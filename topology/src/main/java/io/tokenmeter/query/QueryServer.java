package io.tokenmeter.query;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.tokenmeter.ingest.otlp.SpanMeter;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The HTTP server of an instance. */
public final class QueryServer implements AutoCloseable {
  static final Problem UNKNOWN_PATH =
      new Problem(
          ProblemCode.UNKNOWN_PATH, "nothing is at this path; /openapi.json describes what is");

  /**
   * More than twice the hops that may be under way, so that there is always one to answer a hop.
   */
  private static final int MAX_THREADS = 64;

  private static final int MIN_THREADS = 8;

  /** Of a request that is read whole. The largest is a quote's body. */
  private static final long MAX_BODY_BYTES = 1 << 20;

  /**
   * An organisation's id may hold a slash, a percent sign, a backslash or dots, encoded in the
   * path.
   */
  private static final UriCompliance ENCODED_IDS =
      UriCompliance.DEFAULT.with(
          "encoded ids",
          UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
          UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
          UriCompliance.Violation.AMBIGUOUS_PATH_SEGMENT,
          UriCompliance.Violation.SUSPICIOUS_PATH_CHARACTERS);

  private final Javalin server;
  private final List<Endpoint> endpoints;
  private final Runnable stopping;

  private QueryServer(Javalin server, List<Endpoint> endpoints, Runnable stopping) {
    this.server = server;
    this.endpoints = endpoints;
    this.stopping = stopping;
  }

  /**
   * Starts a server that answers for its health and its metrics alone, as an instance without the
   * ledger needs it.
   */
  public static QueryServer start(
      Listening listening, List<Application> applications, Metrics metrics) {
    return start(
        listening, metrics, operation(listening, new Health(applications), metrics), () -> {});
  }

  /**
   * Starts a server that answers for organisations too.
   *
   * @param sources what it works with
   */
  public static QueryServer start(
      Listening listening, List<Application> applications, Metrics metrics, LedgerSources sources) {
    LedgerReader reader = sources.reader();
    Peers peers = new HttpPeers(listening, metrics::hop);
    Lookup lookup = new Lookup(sources.routing(), peers);
    EventStreams events = new EventStreams(sources.events());
    List<Endpoint> endpoints =
        new ArrayList<>(operation(listening, new Health(applications), metrics));
    endpoints.addAll(new LedgerRoutes(reader, lookup, sources.now()).endpoints());
    endpoints.addAll(
        new CommandRoutes(reader, lookup, sources.commands(), sources.now()).endpoints());
    InFlight inFlight = new InFlight();
    IngestMetrics ingest = metrics.ingest(inFlight);
    endpoints.addAll(new IngestRoutes(sources.rawTopics(), inFlight, ingest).endpoints());
    endpoints.addAll(
        new OtlpRoutes(
                sources.rawTopics(),
                inFlight,
                ingest,
                new SpanMeter(sources.organisationAttribute()))
            .endpoints());
    endpoints.addAll(
        new PriceRoutes(sources.prices(), sources.defaultBook(), sources.now()).endpoints());
    AllOwners owners = new AllOwners(sources.routing(), peers);
    endpoints.addAll(new OrganisationRoutes(reader, owners, sources.now()).endpoints());
    endpoints.addAll(new UnpricedRoutes(reader, owners).endpoints());
    endpoints.add(new QuoteRoutes(sources, lookup).endpoint());
    endpoints.add(events.endpoint());
    return start(listening, metrics, endpoints, events::close);
  }

  /** The port that it listens on. */
  public int port() {
    return server.port();
  }

  /** What it answers. */
  List<Endpoint> endpoints() {
    return endpoints;
  }

  /** Method and path of all that is routed, the console's pages too. */
  List<String> routes() {
    return server.unsafe.internalRouter.allHttpHandlers().stream()
        .map(route -> route.endpoint.method + " " + route.endpoint.path)
        .toList();
  }

  /** Stops answering and frees the port. */
  @Override
  public void close() {
    stopping.run();
    server.stop();
  }

  private static QueryServer start(
      Listening listening, Metrics metrics, List<Endpoint> endpoints, Runnable stopping) {
    Routes routes = new Routes(new Gate(listening.doors()), metrics);
    Javalin server =
        Javalin.create(
            config -> {
              configure(config, listening);
              routes.add(config.routes, endpoints);
            });
    return new QueryServer(
        listening.tls() == null ? server.start(listening.host(), listening.port()) : server.start(),
        List.copyOf(endpoints),
        stopping);
  }

  private static void configure(JavalinConfig config, Listening listening) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.prefer405over404 = true;
    config.http.maxRequestSize = MAX_BODY_BYTES;
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
    threads.setName("http");
    config.jetty.threadPool = threads;
    config.jetty.modifyHttpConfiguration(
        http -> {
          http.setUriCompliance(ENCODED_IDS);
          http.setSendServerVersion(false);
        });
    config.jetty.modifyServletContextHandler(
        context -> context.getServletHandler().setDecodeAmbiguousURIs(true));
    config.jetty.modifyServer(jetty -> jetty.setErrorHandler(new BadRequests()));
    Tls tls = listening.tls();
    if (tls != null) {
      config.jetty.addConnector(
          (jetty, http) -> tls.connector(jetty, http, listening.host(), listening.port()));
    }
  }

  private static List<Endpoint> operation(Listening listening, Health health, Metrics metrics) {
    Answer openApi = OpenApi.answer();
    Door metricsDoor =
        switch (listening.metricsDoor()) {
          case OPEN -> Door.OPEN;
          case TOKEN -> Door.OPERATOR;
        };
    return List.of(
        Endpoint.get("/healthz", "healthz", Door.OPEN, request -> health.alive()),
        Endpoint.get("/readyz", "readyz", Door.OPEN, request -> health.ready()),
        Endpoint.get("/metrics", "metrics", metricsDoor, request -> metrics.scrape()),
        Endpoint.get("/openapi.json", "openapi", Door.OPEN, request -> openApi));
  }
}
