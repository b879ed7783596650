package io.tokenmeter.app;

import io.tokenmeter.topics.Topics;
import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "topics",
    mixinStandardHelpOptions = true,
    description = "Make the topics, look them over, or print the rights that they need.",
    subcommands = {TopicsCommand.Create.class, TopicsCommand.Check.class, AclsCommand.class})
final class TopicsCommand {
  private TopicsCommand() {}

  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      description = "Make the topics that are missing; leaves the others as they are.")
  static final class Create implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private SettingsOptions settings;
    @Mixin private OutputOptions output;

    @Override
    public Integer call() {
      TokenmeterConfig config = settings.read();
      new Surroundings(config, config.startupTimeout()).awaitBrokers();
      PrintWriter out = spec.commandLine().getOut();
      try (TopicSetup topics = new TopicSetup(config)) {
        List<String> made = topics.create();
        for (String name : made) {
          output.print(out, "made " + name, Map.of("made", name));
        }
        if (made.isEmpty() && !output.json()) {
          out.println("all topics are there");
        }
      }
      return ExitCode.FINE.number();
    }
  }

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = "Tell what is missing or set up otherwise than it has to be.")
  static final class Check implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private SettingsOptions settings;
    @Mixin private OutputOptions output;

    @Override
    public Integer call() {
      TokenmeterConfig config = settings.read();
      new Surroundings(config, config.startupTimeout()).awaitBrokers();
      PrintWriter out = spec.commandLine().getOut();
      try (TopicSetup topics = new TopicSetup(config)) {
        List<TopicSetup.Flaw> flaws = topics.check(EnumSet.allOf(Topics.class));
        for (TopicSetup.Flaw flaw : flaws) {
          output.print(out, flaw.line(), Map.of("fatal", flaw.fatal(), "flaw", flaw.line()));
        }
        if (flaws.stream().anyMatch(TopicSetup.Flaw::fatal)) {
          return ExitCode.UNREACHABLE.number();
        }
        if (flaws.isEmpty() && !output.json()) {
          out.println("all topics are as they have to be");
        }
        return (flaws.isEmpty() ? ExitCode.FINE : ExitCode.CHECK_FAILED).number();
      }
    }
  }
}
