package io.tokenmeter.app;

import io.tokenmeter.query.access.AccessToken;
import io.tokenmeter.query.access.Scope;
import io.tokenmeter.raw.OrgId;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    description = {
      "Make a token that opens the HTTP API, and the line by which an instance knows it.",
      "The token itself is kept nowhere: give it to its holder, and the line to http.tokens or the"
          + " file of http.tokens.file."
    })
final class TokenCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private OutputOptions output;

  @Option(
      names = "--org",
      description = "What it opens: this organisation alone; without it, everything.")
  private @Nullable String org;

  @Option(
      names = "--gateway",
      description = "What it opens: publishing for all organisations, and their entitlements.")
  private boolean gateway;

  @Override
  public Integer call() {
    String token = AccessToken.fresh();
    String line = AccessToken.line(token, scope());
    PrintWriter out = spec.commandLine().getOut();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("token", token);
    json.put("line", line);
    output.print(out, "token  " + token + "\nline   " + line, json);
    return ExitCode.FINE.number();
  }

  private Scope scope() {
    String named = org;
    if (named == null) {
      return gateway ? new Scope.Gateway() : new Scope.Operator();
    }
    if (gateway) {
      throw CommandException.wrongUsage(
          "--org and --gateway don't go together: a gateway publishes for all organisations; give"
              + " one of them");
    }
    return new Scope.Organisation(Operator.checked(() -> new OrgId(named)));
  }
}
