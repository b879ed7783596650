package io.tokenmeter.app;

import io.tokenmeter.ledger.AdjustBalance;
import io.tokenmeter.rated.Amount;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "adjust",
    mixinStandardHelpOptions = true,
    description = "Correct a balance by a signed amount. The same --id is carried out once.")
final class AdjustCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private SettingsOptions settings;
  @Mixin private OutputOptions output;

  @Parameters(index = "0", paramLabel = "ORG", description = "The organisation.")
  private String org;

  @Option(
      names = "--amount",
      required = true,
      description = "Added to the balance; below 0 lowers it.")
  private String amount;

  @Option(names = "--reason", required = true, description = "Why, for the auditor.")
  private String reason;

  @Option(names = "--id", description = "The command's id; a fresh one without it.")
  private @Nullable String id;

  @Override
  public Integer call() {
    String commandId = id == null ? Operator.freshId() : id;
    Amount moved = Operator.amount("--amount", amount);
    AdjustBalance adjustment = Operator.checked(() -> new AdjustBalance(moved, reason));
    Operator.send(settings.read(), org, commandId, adjustment);
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("org", org);
    line.put("command_id", commandId);
    line.put("amount", moved.toString());
    output.print(
        spec.commandLine().getOut(),
        "sent adjustment " + commandId + " of " + moved + " to " + org,
        line);
    return ExitCode.FINE.number();
  }
}
