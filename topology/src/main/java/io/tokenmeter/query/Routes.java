package io.tokenmeter.query;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.tokenmeter.query.access.Scope;
import io.tokenmeter.raw.InvalidRecordException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts endpoints behind the gate, times them, and makes an answer of whatever comes of them. */
final class Routes {
  private static final Logger LOG = LoggerFactory.getLogger(Routes.class);

  private final Gate gate;
  private final Metrics metrics;

  Routes(Gate gate, Metrics metrics) {
    this.gate = gate;
    this.metrics = metrics;
  }

  void add(RoutesConfig routes, List<Endpoint> endpoints) {
    for (Endpoint endpoint : endpoints) {
      routes.addHttpHandler(
          endpoint.method(), endpoint.path(), request -> answer(request, endpoint));
    }
    routes.get("/", request -> write(request, answered(request, () -> Console.page(request))));
    routes.get(
        "/console/<file>",
        request -> write(request, answered(request, () -> Console.file(request))));
    routes.exception(
        HttpResponseException.class, (e, request) -> writeAtOnce(request, unrouted(e)));
  }

  private void answer(Context request, Endpoint endpoint) {
    long startedNanos = System.nanoTime();
    Answer answer =
        answered(
            request,
            () -> {
              Scope caller = gate.admit(request, endpoint.door());
              return endpoint.answer().apply(request, caller);
            });
    write(request, answer);
    metrics.request(
        endpoint.name(), answer.status(), Duration.ofNanos(System.nanoTime() - startedNanos));
  }

  private static Answer answered(Context request, Supplier<Answer> handler) {
    try {
      return handler.get();
    } catch (ProblemException e) {
      return e.problem().answer();
    } catch (InvalidRecordException e) {
      return new Problem(ProblemCode.INVALID_ID, String.valueOf(e.getMessage())).answer();
    } catch (HttpResponseException e) {
      return unrouted(e);
    } catch (RuntimeException e) {
      LOG.atError()
          .addKeyValue("method", request.method())
          .addKeyValue("path", request.path())
          .setCause(e)
          .log("{} {} failed; this is a defect", request.method(), request.path());
      return new Problem(ProblemCode.INTERNAL, "the log of this instance says what failed")
          .answer();
    }
  }

  /** What no route answers, or is refused before it comes to one. */
  private static Answer unrouted(HttpResponseException e) {
    return switch (e.getStatus()) {
      case 405 ->
          new Problem(
                  ProblemCode.METHOD_NOT_ALLOWED,
                  "the path doesn't take this method; /openapi.json describes what it takes")
              .answer();
      case 413 ->
          new Problem(ProblemCode.BODY_TOO_LARGE, "the body is over 1 MiB, the most that is taken")
              .answer();
      default -> QueryServer.UNKNOWN_PATH.answer();
    };
  }

  private static void write(Context request, Answer answer) {
    head(request, answer);
    Answer.Stream stream = answer.stream();
    if (stream == null) {
      Sending.send(request, answer.body());
    } else {
      Streaming.start(request, stream);
    }
  }

  /** What the server itself refuses, which is short, and can't be put off. */
  private static void writeAtOnce(Context request, Answer answer) {
    head(request, answer);
    request.result(answer.body());
  }

  private static void head(Context request, Answer answer) {
    request.status(answer.status());
    request.contentType(answer.contentType());
    request.header("Cache-Control", "no-store");
    request.header("X-Content-Type-Options", "nosniff");
    answer.headers().forEach(request::header);
  }
}
