package io.tokenmeter.app;

import com.fasterxml.jackson.databind.JsonNode;
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
    name = "usage",
    mixinStandardHelpOptions = true,
    description = "Ask a running instance what an organisation used, window by window.")
final class UsageCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private RemoteInstance instance;
  @Mixin private OutputOptions output;

  @Parameters(paramLabel = "ORG", description = "The organisation.")
  private String org;

  @Option(
      names = "--window",
      defaultValue = "day",
      description = "hour, day (the default) or month.")
  private String window;

  @Option(names = "--from", description = "The first instant of interest.")
  private @Nullable String from;

  @Option(names = "--to", description = "The first instant after it.")
  private @Nullable String to;

  @Option(
      names = "--by",
      description =
          "model, billing_type or meter; project, user or api_key where org --usage-by keeps it.")
  private @Nullable String by;

  @Override
  public Integer call() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("window", window);
    put(parameters, "from", from);
    put(parameters, "to", to);
    put(parameters, "by", by);
    JsonNode usage = instance.askAll(org, "usage", parameters, "rows");
    if (output.json()) {
      spec.commandLine().getOut().println(usage);
    } else {
      JsonWords.print(spec.commandLine().getOut(), usage);
    }
    return ExitCode.FINE.number();
  }

  private static void put(Map<String, String> parameters, String name, @Nullable String value) {
    if (value != null) {
      parameters.put(name, value);
    }
  }
}
