package io.tokenmeter.documents;

import io.tokenmeter.app.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** What {@code ./tokenmeter} knows. */
final class Commands {
  private Commands() {}

  /** The application's own commands, and those for which the launcher builds another module. */
  static List<String> all() throws IOException {
    Stream<String> own =
        Arrays.stream(Main.class.getAnnotation(Command.class).subcommands())
            .map(command -> command.getAnnotation(Command.class).name());
    Stream<String> modules =
        Pattern.compile("(?m)^  ([a-z]+)\\) module=")
            .matcher(Files.readString(Path.of("../tokenmeter")))
            .results()
            .map(command -> command.group(1));
    return Stream.concat(own, modules).toList();
  }
}
