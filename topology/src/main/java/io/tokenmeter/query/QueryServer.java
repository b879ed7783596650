package io.tokenmeter.query;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpResponseException;
import io.tokenmeter.raw.InvalidRecordException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server of an instance. */
public final class QueryServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(QueryServer.class);

  /**
   * More than twice the hops that may be under way, so that there is always one to answer a hop.
   */
  private static final int MAX_THREADS = 64;

  private static final int MIN_THREADS = 8;

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

  private QueryServer(Javalin server) {
    this.server = server;
  }

  /**
   * Starts a server that answers for its health and its metrics alone, as an instance without the
   * ledger needs it.
   *
   * @param host the address to listen on
   * @param port 0 for any that is free
   */
  public static QueryServer start(
      String host, int port, List<Application> applications, Metrics metrics) {
    return start(host, port, routes -> operation(routes, new Health(applications), metrics));
  }

  /**
   * Starts a server that answers for organisations too.
   *
   * @param host the address to listen on
   * @param port 0 for any that is free
   * @param reader this instance's own stores
   * @param routing where each organisation's state is
   * @param now what time it is, for a usage query that doesn't say until when
   */
  public static QueryServer start(
      String host,
      int port,
      List<Application> applications,
      Metrics metrics,
      LedgerReader reader,
      Routing routing,
      InstantSource now) {
    Lookup lookup = new Lookup(routing, new HttpPeers(metrics::hop));
    LedgerRoutes ledger = new LedgerRoutes(reader, lookup, now);
    return start(
        host,
        port,
        routes -> {
          operation(routes, new Health(applications), metrics);
          routes.get("/v1/orgs/{org}/balance", timed("balance", metrics, ledger::balance));
          routes.get("/v1/orgs/{org}/usage", timed("usage", metrics, ledger::usage));
          routes.get(
              "/v1/orgs/{org}/entitlement", timed("entitlement", metrics, ledger::entitlement));
        });
  }

  /** The port that it listens on. */
  public int port() {
    return server.port();
  }

  /** The paths that it answers, with their parameters in braces. */
  List<String> paths() {
    return server.unsafe.internalRouter.allHttpHandlers().stream()
        .map(route -> route.endpoint.path)
        .toList();
  }

  /** Stops answering and frees the port. */
  @Override
  public void close() {
    server.stop();
  }

  private static QueryServer start(String host, int port, Consumer<RoutesConfig> routes) {
    return new QueryServer(
        Javalin.create(
                config -> {
                  configure(config);
                  problems(config.routes);
                  routes.accept(config.routes);
                })
            .start(host, port));
  }

  private static void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.prefer405over404 = true;
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
    threads.setName("http");
    config.jetty.threadPool = threads;
    config.jetty.modifyHttpConfiguration(http -> http.setUriCompliance(ENCODED_IDS));
    config.jetty.modifyServletContextHandler(
        context -> context.getServletHandler().setDecodeAmbiguousURIs(true));
    config.jetty.modifyServer(jetty -> jetty.setErrorHandler(new BadRequests()));
  }

  private static void operation(RoutesConfig routes, Health health, Metrics metrics) {
    Answer openApi = OpenApi.answer();
    routes.get("/healthz", timed("healthz", metrics, request -> health.alive()));
    routes.get("/readyz", timed("readyz", metrics, request -> health.ready()));
    routes.get("/metrics", timed("metrics", metrics, request -> metrics.scrape()));
    routes.get("/openapi.json", timed("openapi", metrics, request -> openApi));
  }

  private static Handler timed(String route, Metrics metrics, Function<Context, Answer> handler) {
    return request -> {
      long startedNanos = System.nanoTime();
      Answer answer = answered(request, handler);
      write(request, answer);
      metrics.request(route, answer.status(), Duration.ofNanos(System.nanoTime() - startedNanos));
    };
  }

  private static Answer answered(Context request, Function<Context, Answer> handler) {
    try {
      return handler.apply(request);
    } catch (ProblemException e) {
      return e.problem().answer();
    } catch (InvalidRecordException e) {
      return new Problem(ProblemCode.INVALID_ID, String.valueOf(e.getMessage())).answer();
    } catch (RuntimeException e) {
      LOG.error("{} {} failed; this is a defect", request.method(), request.path(), e);
      return new Problem(ProblemCode.INTERNAL, "the log of this instance says what failed")
          .answer();
    }
  }

  /** What no route answers. */
  private static void problems(RoutesConfig routes) {
    routes.exception(
        HttpResponseException.class,
        (e, request) ->
            write(
                request,
                (e.getStatus() == 405
                        ? new Problem(
                            ProblemCode.METHOD_NOT_ALLOWED,
                            "method is " + request.method() + "; GET is allowed")
                        : new Problem(
                            ProblemCode.UNKNOWN_PATH,
                            "nothing is at this path; /openapi.json describes what is"))
                    .answer()));
  }

  private static void write(Context request, Answer answer) {
    request.status(answer.status());
    request.contentType(answer.contentType());
    request.header("Cache-Control", "no-store");
    if (answer.passing()) {
      request.header("Retry-After", Problem.RETRY_AFTER_SECONDS);
    }
    request.result(answer.body());
  }
}
