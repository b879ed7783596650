package io.tokenmeter.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "balance",
    mixinStandardHelpOptions = true,
    description = "Ask a running instance what an organisation has left.")
final class BalanceCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private RemoteInstance instance;
  @Mixin private OutputOptions output;

  @Parameters(paramLabel = "ORG", description = "The organisation.")
  private String org;

  @Override
  public Integer call() {
    JsonNode balance = instance.ask(org, "balance", Map.of());
    if (output.json()) {
      spec.commandLine().getOut().println(balance);
    } else {
      JsonWords.print(spec.commandLine().getOut(), balance);
    }
    return ExitCode.FINE.number();
  }
}
