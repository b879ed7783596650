package io.tokenmeter.app;

import io.tokenmeter.app.exchange.ExchangeLines;
import io.tokenmeter.app.exchange.InvalidLineException;
import io.tokenmeter.app.exchange.RecordedExchange;
import io.tokenmeter.raw.Body;
import io.tokenmeter.raw.KeyMode;
import io.tokenmeter.raw.OrgId;
import io.tokenmeter.schema.LlmRequest;
import io.tokenmeter.schema.LlmResponse;
import io.tokenmeter.topics.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "produce",
    mixinStandardHelpOptions = true,
    description = "Publish recorded exchanges as a gateway would, request and answer.")
final class ProduceCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long PROGRESS_NANOS = Duration.ofSeconds(5).toNanos();
  private static final DateTimeFormatter RUN =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final Duration ANSWERED_AFTER = Duration.ofMillis(1);

  @Spec private CommandSpec spec;
  @Mixin private SettingsOptions settings;
  @Mixin private OutputOptions output;

  @Parameters(paramLabel = "FILE", description = "Exchanges as JSON lines.")
  private Path file;

  @Option(names = "--org", description = "Who pays, where a line doesn't say so itself.")
  private @Nullable String org;

  @Option(
      names = "--run",
      description = {
        "Names this run; ids are put after it, so nothing of the same run is billed twice.",
        "By default the present second, as in 20260131T100000Z. Given such a name again, the same",
        "exchanges are sent as of that second, byte for byte: copies, not conflicts."
      })
  private @Nullable String run;

  @Option(
      names = "--recorded-times",
      description = "Send them as of the time at which they were recorded, not as of now.")
  private boolean recordedTimes;

  @Override
  public Integer call() throws IOException {
    TokenmeterConfig config = settings.read();
    String runId = run == null ? RUN.format(Instant.now()) : run;
    Instant runAt = runAt(runId);
    new Surroundings(config, PATIENCE).await();
    PrintWriter err = spec.commandLine().getErr();
    long sent = 0;
    long skipped = 0;
    long told = System.nanoTime();
    try (ExchangeLines lines = ExchangeLines.open(file);
        Publisher publisher = new Publisher(config)) {
      while (true) {
        try {
          Optional<RecordedExchange> next = lines.next();
          if (next.isEmpty()) {
            break;
          }
          send(publisher, next.get(), runId, runAt);
          sent++;
        } catch (InvalidLineException e) {
          skipped++;
          err.println("tokenmeter: " + e.getMessage() + "; skipped");
        }
        if (System.nanoTime() - told > PROGRESS_NANOS) {
          told = System.nanoTime();
          err.println("tokenmeter: " + sent + " exchanges sent ...");
        }
      }
      publisher.flush();
    } catch (NoSuchFileException e) {
      throw CommandException.wrongUsage("FILE is " + file + ", which doesn't exist");
    }
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("run", runId);
    line.put("sent", sent);
    line.put("skipped", skipped);
    output.print(
        spec.commandLine().getOut(),
        "%d exchanges sent as run %s, %d lines skipped".formatted(sent, runId, skipped),
        line);
    return (skipped == 0 ? ExitCode.FINE : ExitCode.CHECK_FAILED).number();
  }

  /** The second that a run is named after; now for a name of another form. */
  static Instant runAt(String runId) {
    try {
      return RUN.parse(runId, Instant::from);
    } catch (DateTimeParseException e) {
      return Instant.now();
    }
  }

  private void send(Publisher publisher, RecordedExchange exchange, String runId, Instant runAt) {
    String payer = exchange.orgId() == null ? org : exchange.orgId();
    if (payer == null) {
      throw CommandException.wrongUsage(
          "exchange " + exchange.id() + " has no org_id; say who pays with --org");
    }
    Operator.checked(() -> new OrgId(payer));
    String id = runId + "-" + exchange.id();
    Instant recordedAt = exchange.recordedAt();
    Instant at = recordedTimes && recordedAt != null ? recordedAt : runAt;
    publisher.send(Topics.LLM_REQUESTS, id, request(exchange, payer, id, at));
    publisher.send(
        Topics.LLM_RESPONSES, id, response(exchange, payer, id, at.plus(ANSWERED_AFTER)));
  }

  private static LlmRequest request(
      RecordedExchange exchange, String payer, String id, Instant at) {
    return LlmRequest.newBuilder()
        .setRequestId(id)
        .setOrgId(payer)
        .setProvider(exchange.provider().toLowerCase(Locale.ROOT))
        .setEndpoint(exchange.path())
        .setModel(exchange.model())
        .setKeyMode(
            exchange.keyMode() == KeyMode.OWN
                ? io.tokenmeter.schema.KeyMode.OWN
                : io.tokenmeter.schema.KeyMode.PLATFORM)
        .setOccurredAt(at)
        .setContentType(exchange.requestType())
        .setBody(buffer(exchange.request()))
        .setAttributes(Map.of())
        .build();
  }

  private static LlmResponse response(
      RecordedExchange exchange, String payer, String id, Instant at) {
    return LlmResponse.newBuilder()
        .setRequestId(id)
        .setOrgId(payer)
        .setProvider(exchange.provider().toLowerCase(Locale.ROOT))
        .setEndpoint(exchange.path())
        .setModel(exchange.model())
        .setOccurredAt(at)
        .setStatus(exchange.status())
        .setContentType(exchange.responseType())
        .setBody(buffer(exchange.response()))
        .setAttributes(Map.of())
        .build();
  }

  private static ByteBuffer buffer(Body body) {
    return ByteBuffer.wrap(body.array(), body.offset(), body.length());
  }
}
