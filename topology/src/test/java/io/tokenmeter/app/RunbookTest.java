package io.tokenmeter.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the runbook tells people to type exists: commands and their options. */
class RunbookTest {
  private static final Path RUNBOOK =
      Path.of(System.getProperty("tokenmeter.root"), "docs", "runbook.md");
  private static final Pattern COMMAND = Pattern.compile("\\./tokenmeter ([a-z][^`\\n|]*)");

  @Test
  void everyCommandAndOptionOfItExists() throws IOException {
    List<String> commands = new ArrayList<>();
    COMMAND
        .matcher(Files.readString(RUNBOOK))
        .results()
        .forEach(match -> commands.add(match.group(1).strip()));
    assertThat(commands).hasSizeGreaterThan(10);
    for (String command : commands) {
      List<String> words = Arrays.asList(command.split(" +", -1));
      String help = help(words);
      assertThat(help).as(command).startsWith("Usage: tokenmeter " + words.get(0));
      words.stream()
          .filter(word -> word.startsWith("--"))
          .forEach(option -> assertThat(help).as(command).contains(option));
    }
  }

  /** Of the command, or of its subcommand where its second word is one. */
  private static String help(List<String> words) {
    List<String> args = new ArrayList<>(List.of(words.get(0)));
    if (words.size() > 1 && List.of("topics", "prices").contains(words.get(0))) {
      args.add(words.get(1));
    }
    args.add("--help");
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(out);
    Main.run(writer, writer, args.toArray(String[]::new));
    return out.toString();
  }
}
