package io.tokenmeter.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.embedded.SharedBroker;
import io.tokenmeter.query.access.AccessToken;
import io.tokenmeter.query.access.Scope;
import io.tokenmeter.schema.BilledUsage;
import io.tokenmeter.topics.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the operator's guide tells to run, run as written on an installation with some traffic. A
 * block that begins with {@code ```bash run} is; others need a cluster and say so.
 */
@ExtendWith(SharedBroker.class)
class GuideIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Path ROOT = Path.of(System.getProperty("tokenmeter.root"));
  private static final String TOKEN = AccessToken.fresh();

  /** Where the guide asks; here the port is another. */
  private static final String ADDRESS = "http://127.0.0.1:8080";

  @TempDir private Path folder;

  @Test
  void everyCommandThatNeedsNoClusterEndsWell() throws Exception {
    Shell shell =
        new Shell(GuideIT.class, folder.resolve("state"))
            .with("default.book", Stand.BOOK)
            .with("http.tokens", AccessToken.line(TOKEN, new Scope.Operator()));
    TokenmeterConfig config = shell.config();
    shell.fine("topics", "create");
    shell.fine("prices", "apply", ROOT.resolve("books/gptbots.yaml").toString());
    checkout();
    try (RunningStages stages = RunningStages.start(config, Stage.ALL)) {
      shell.fine("grant", "acme", "100", "--id", "first");
      try (Publisher publisher = new Publisher(config)) {
        Stand.publish(publisher, Stand.prices("0.5", Instant.now()));
        publisher.send(
            Topics.USAGE_RECORDS,
            "acme",
            Stand.usage("acme", "u1", 3, Instant.now().minusSeconds(1)));
        publisher.flush();
      }
      Awaitility.await("it runs and has posted")
          .atMost(PATIENCE)
          .until(
              () ->
                  stages.isRunning()
                      && !Stand.values(config, Topics.USAGE_BILLED, BilledUsage.class).isEmpty());

      Map<String, String> environment = environment(config, stages.url());
      List<String> blocks = blocks();
      assertThat(blocks).hasSizeGreaterThan(5);
      for (String block : blocks) {
        run(block.replace(ADDRESS, stages.url()), environment);
      }
    }
    assertThat(folder.resolve("gptbots.yaml")).content().contains("book: gptbots");
  }

  /**
   * The launcher and the books, as in a checkout; the launcher starts what was built for this test.
   */
  private void checkout() throws IOException {
    Files.copy(
        ROOT.resolve("books/gptbots.yaml"),
        Files.createDirectory(folder.resolve("books")).resolve("gptbots.yaml"));
    Path launcher = folder.resolve("tokenmeter");
    Files.writeString(
        launcher,
        "#!/usr/bin/env bash\nexec '%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC %s \"$@\"%n"
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"), Main.class.getName()));
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
  }

  private Map<String, String> environment(TokenmeterConfig config, String url) {
    Map<String, String> environment = new TreeMap<>();
    config
        .settings()
        .forEach(
            (key, value) ->
                environment.put(
                    "TOKENMETER_" + key.toUpperCase(Locale.ROOT).replace('.', '_'), value));
    environment.put("TOKENMETER_HTTP_LISTEN", url.replace("http://", ""));
    environment.put("TOKENMETER_STATE_DIR", folder.resolve("rebuilt").toString());
    environment.put("TOKENMETER_TOKEN", TOKEN);
    environment.put("CLASSPATH", System.getProperty("java.class.path"));
    return environment;
  }

  private static List<String> blocks() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("docs/operating.md")));
    try (Stream<Path> guide = Files.list(ROOT.resolve("docs/guide"))) {
      guide.sorted().forEach(pages::add);
    }
    List<String> blocks = new ArrayList<>();
    for (Path page : pages) {
      Pattern.compile("(?ms)^```bash run\n(.*?)^```$")
          .matcher(Files.readString(page))
          .results()
          .forEach(block -> blocks.add(block.group(1)));
    }
    return blocks;
  }

  private void run(String block, Map<String, String> environment) throws Exception {
    Path output = Files.createTempFile(folder, "output", ".txt");
    ProcessBuilder builder = new ProcessBuilder("bash", "-euo", "pipefail", "-c", block);
    builder.directory(folder.toFile()).environment().putAll(environment);
    int code = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start().waitFor();
    assertThat(code).as(block + "\nprinted\n" + Files.readString(output)).isZero();
  }
}
