package io.tokenmeter.app;

import io.tokenmeter.embedded.EmbeddedFailure;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ServiceLoader;
import org.apache.kafka.common.config.ConfigException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line: every way in from a shell. */
@Command(
    name = "tokenmeter",
    mixinStandardHelpOptions = true,
    version = "tokenmeter 0.1.0",
    description = "Exact, real-time metering of LLM traffic on Kafka Streams.",
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:fine",
      "1:a check failed",
      "2:wrong usage",
      "3:can't reach what it needs",
    },
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      RunCommand.class,
      TopicsCommand.class,
      AuditCommand.class,
      ReplayCommand.class,
      RerateCommand.class,
      RebuildCommand.class,
      PricesCommand.class,
      QuoteCommand.class,
      GrantCommand.class,
      AdjustCommand.class,
      OrgCommand.class,
      ProduceCommand.class,
      MeterCommand.class,
      CountCommand.class,
      BalanceCommand.class,
      UsageCommand.class,
      EventsCommand.class,
      TokenCommand.class,
      SettingsCommand.class
    })
public final class Main {
  @Option(
      names = "--trace",
      scope = CommandLine.ScopeType.INHERIT,
      description = "Show the stack trace of an unexpected error.")
  private boolean trace;

  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(run(writer(System.out), writer(System.err), args));
  }

  /** Runs one command. */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    Main main = new Main();
    CommandLine commandLine = new CommandLine(main);
    ServiceLoader.load(ModuleCommand.class).forEach(commandLine::addSubcommand);
    CommandModule.addAbsent(commandLine);
    commandLine
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler((e, line, parsed) -> main.failed(e, line))
        .setParameterExceptionHandler(Main::misused);
    int code = commandLine.execute(args);
    out.flush();
    err.flush();
    return code;
  }

  private int failed(Exception exception, CommandLine line) {
    if (exception instanceof CommandException expected) {
      line.getErr().println("tokenmeter: " + expected.getMessage());
      return expected.exitCode().number();
    }
    if (exception instanceof ConfigException wrong) {
      line.getErr().println("tokenmeter: " + wrong.getMessage());
      return ExitCode.WRONG_USAGE.number();
    }
    if (exception instanceof EmbeddedFailure cannotStart) {
      line.getErr().println("tokenmeter: " + cannotStart.getMessage());
      return ExitCode.UNREACHABLE.number();
    }
    line.getErr().println("tokenmeter: unexpected " + exception);
    if (trace) {
      exception.printStackTrace(line.getErr());
    }
    return ExitCode.CHECK_FAILED.number();
  }

  private static int misused(CommandLine.ParameterException exception, String[] args) {
    CommandLine line = exception.getCommandLine();
    String name = line.getCommandSpec().qualifiedName();
    if (exception instanceof CommandLine.UnmatchedArgumentException unmatched
        && line.getParent() == null) {
      String word = unmatched.getUnmatched().get(0);
      String nearest = NearestKey.to(word, line.getSubcommands().keySet());
      line.getErr().println("tokenmeter: no command " + word + "; the nearest is " + nearest);
    } else {
      line.getErr().println("tokenmeter: " + exception.getMessage());
    }
    line.getErr().println("`" + name + " --help` shows what it takes");
    return ExitCode.WRONG_USAGE.number();
  }

  private static PrintWriter writer(java.io.PrintStream stream) {
    return new PrintWriter(
        new java.io.OutputStreamWriter(stream, StandardCharsets.UTF_8), /* autoFlush= */ true);
  }
}
