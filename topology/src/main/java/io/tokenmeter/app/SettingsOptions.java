package io.tokenmeter.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How every command that needs settings takes them. */
public final class SettingsOptions {
  @Option(names = "--config", paramLabel = "FILE", description = "Settings as a properties file.")
  private @Nullable Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One setting; wins over TOKENMETER_* variables, and those over the file.")
  private List<String> set = new ArrayList<>();

  /**
   * All of them.
   *
   * @throws org.apache.kafka.common.config.ConfigException for an unknown key or a value that isn't
   *     allowed
   */
  public TokenmeterConfig read() {
    return ConfigSources.read(file, System.getenv(), set);
  }
}
