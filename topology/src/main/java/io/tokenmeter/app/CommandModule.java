package io.tokenmeter.app;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The commands that are modules of their own. Where one isn't on the class path, the help still
 * names it, and whoever calls it is told how to get it.
 */
enum CommandModule {
  BENCH("bench", "Measure how fast it runs here, and compare with the last committed results."),
  WAREHOUSE("warehouse", "Load a cluster's charges into a DuckDB file and ask it.");

  private final String command;
  private final String description;

  CommandModule(String command, String description) {
    this.command = command;
    this.description = description;
  }

  /** Adds a stand-in for each that isn't there. */
  static void addAbsent(CommandLine to) {
    for (CommandModule module : values()) {
      if (!to.getSubcommands().containsKey(module.command)) {
        to.addSubcommand(module.command, module.standIn());
      }
    }
  }

  private CommandSpec standIn() {
    Callable<Integer> explaining =
        () -> {
          throw CommandException.unreachable(
              command
                  + " has libraries of its own, which aren't here; `./tokenmeter "
                  + command
                  + "` in a checkout builds them");
        };
    CommandSpec spec = CommandSpec.wrapWithoutInspection(explaining).name(command);
    spec.usageMessage().description(description + " Built when it is first used.");
    spec.parser().unmatchedArgumentsAllowed(true).unmatchedOptionsArePositionalParams(true);
    return spec;
  }
}
