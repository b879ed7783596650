package io.tokenmeter.app;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Run the applications against a cluster until stopped.")
final class RunCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private SettingsOptions settings;

  @Option(
      names = "--stage",
      defaultValue = "all",
      description = "measure, ledger or all (the default).")
  private Stage stage;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    TokenmeterConfig config = settings.read();
    new Surroundings(config, config.startupTimeout()).await();
    requireTopics(config, stage);
    RunningStages stages = RunningStages.start(config, stage);
    Thread stop = new Thread(stages::close, "stop");
    Runtime.getRuntime().addShutdownHook(stop);
    err.println(
        "tokenmeter: running "
            + stage.name().toLowerCase(Locale.ROOT)
            + " on "
            + config.bootstrapServers()
            + ", queries at "
            + stages.url());
    if (stage.keepsLedger() && !new HttpSettings(config).hasTokens()) {
      err.println(
          "tokenmeter: no token is set, so queries are answered for health alone; set "
              + ConfigKeys.HTTP_TOKENS
              + " to a line that `tokenmeter token` prints");
    }
    stages.awaitFailure();
    Runtime.getRuntime().removeShutdownHook(stop);
    stages.close();
    throw CommandException.checkFailed(
        "an application stopped by itself; the log above says why. Mend that and start again");
  }

  /**
   * Looks over the topics of a stage.
   *
   * @throws CommandException when it can't run on them
   */
  static void requireTopics(TokenmeterConfig config, Stage stage) {
    try (TopicSetup topics = new TopicSetup(config)) {
      List<String> fatal =
          topics.check(Rights.lookedOverBy(config, stage)).stream()
              .filter(TopicSetup.Flaw::fatal)
              .map(TopicSetup.Flaw::line)
              .toList();
      if (!fatal.isEmpty()) {
        throw CommandException.unreachable(String.join("; ", fatal));
      }
    }
  }
}
