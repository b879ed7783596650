package io.tokenmeter.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** How soon a newcomer sees balances: from the start of {@code demo} until the console has them. */
class DemoConsoleIT {
  /** On two cores that have nothing else to do; in proportion longer where they have. */
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private static final Pattern CONSOLE = Pattern.compile("console: (\\S+)/#token=(\\S+)");
  private static final List<String> COMMAND =
      List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-Dfile.encoding=UTF-8",
          // As the launcher starts it.
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-Xshare:auto",
          "-cp",
          System.getProperty("java.class.path"),
          "io.tokenmeter.app.Main",
          "demo");

  @Test
  void showsTheFirstBalancesSoonAfterItWasStarted() throws IOException {
    Optional<Path> browser = Chromium.find();
    assumeTrue(browser.isPresent(), Chromium.MISSING);
    try (Chromium chromium = Chromium.start(browser.get())) {
      double load = Math.max(1, load());
      long begun = System.nanoTime();
      Process demo =
          new ProcessBuilder(COMMAND).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      Thread reaper = new Thread(demo::destroyForcibly, "reaper");
      Runtime.getRuntime().addShutdownHook(reaper);
      try {
        Matcher console = awaitConsole(demo);
        try (Visit visit = new Visit(chromium.browser(), console.group(1), Visit.Eyes.USUAL)) {
          visit.with(console.group(2)).arrived();
          visit.expect("#organisations tbody tr .amount").not().hasCount(0);
          Duration took = Duration.ofNanos(System.nanoTime() - begun);
          load = Math.max(load, load());
          System.out.printf(
              "console: first balances %.1f s after the start of demo, load %.1f a core%n",
              took.toMillis() / 1000.0, load);
          assertThat(took).isLessThan(Duration.ofMillis((long) (LONGEST.toMillis() * load)));
        }
      } finally {
        demo.destroy();
        demo.onExit().join();
        Runtime.getRuntime().removeShutdownHook(reaper);
      }
    }
  }

  private static Matcher awaitConsole(Process demo) throws IOException {
    BufferedReader out =
        new BufferedReader(new InputStreamReader(demo.getInputStream(), StandardCharsets.UTF_8));
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      Matcher found = CONSOLE.matcher(line);
      if (found.find()) {
        return found;
      }
    }
    throw new AssertionError("the demo ended without saying where its console is");
  }

  /** Processes that run or wait to, for each core. */
  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()
        / Runtime.getRuntime().availableProcessors();
  }
}
