package io.tokenmeter.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;

/** The registry's JVM: started, listened to, stopped. */
final class RegistryProcess implements AutoCloseable {
  private static final int TAIL_LINES = 30;
  private static final int STOP_SECONDS = 10;

  private final Process process;
  private final Path log;

  private RegistryProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * @param directory for the child's log and its own class
   * @throws EmbeddedFailure when no process can be started
   */
  static RegistryProcess start(Path directory, int port, int healthPort, RegistryStorage storage) {
    Path runner = RegistryArchive.runner();
    Path home = directory.toAbsolutePath();
    Path log = home.resolve("registry.log");
    try {
      Files.createDirectories(home);
      ProcessBuilder builder =
          new ProcessBuilder(command(runner, ownClass(home), port, healthPort, storage));
      builder.directory(home.toFile());
      builder.redirectErrorStream(true).redirectOutput(log.toFile());
      return new RegistryProcess(builder.start(), log);
    } catch (IOException e) {
      throw new EmbeddedFailure("Can't start the schema registry's process: " + e, e);
    }
  }

  private static List<String> command(
      Path runner, Path ownClass, int port, int healthPort, RegistryStorage storage)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(
        List.of(
            "-Dquarkus.http.host=127.0.0.1",
            "-Dquarkus.http.port=" + port,
            "-Dquarkus.management.host=127.0.0.1",
            "-Dquarkus.management.port=" + healthPort,
            // Its own database, in its memory: 5 s unless told otherwise, in which a busy machine
            // doesn't get its first connection open, and then the registry gives up.
            "-Dquarkus.datasource.h2.jdbc.acquisition-timeout=60S",
            "-Dquarkus.http.access-log.enabled=false",
            "-Dquarkus.log.level=WARN"));
    command.addAll(settings(storage));
    command.add("-cp");
    command.add(runner + System.getProperty("path.separator") + ownClass);
    command.add(RegistryMain.class.getName());
    command.add(mainClass(runner));
    return command;
  }

  /** Source: Apicurio Registry 3.0's configuration reference. */
  private static List<String> settings(RegistryStorage storage) {
    if (storage instanceof RegistryStorage.Topics topics) {
      return List.of(
          "-Dapicurio.storage.kind=kafkasql",
          "-Dapicurio.kafkasql.bootstrap.servers=" + topics.bootstrapServers());
    }
    return List.of("-Dapicurio.storage.kind=sql", "-Dapicurio.storage.sql.kind=h2");
  }

  private static String mainClass(Path runner) throws IOException {
    try (JarFile jar = new JarFile(runner.toFile())) {
      return jar.getManifest().getMainAttributes().getValue("Main-Class");
    }
  }

  /** A class path of {@link RegistryMain} alone, so that none of our libraries meets theirs. */
  private static Path ownClass(Path directory) throws IOException {
    String name = RegistryMain.class.getName().replace('.', '/') + ".class";
    Path classes = directory.resolve("registry-main");
    Path target = classes.resolve(name);
    Files.createDirectories(target.getParent());
    try (InputStream bytes = RegistryMain.class.getResourceAsStream("RegistryMain.class")) {
      if (bytes == null) {
        throw new IOException(name + " is not on the class path");
      }
      Files.copy(bytes, target, StandardCopyOption.REPLACE_EXISTING);
    }
    return classes;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /** The last lines of its log, for a failure's message. */
  String logTail() {
    try {
      List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
      List<String> tail = lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
      return "The end of " + log + ":\n" + String.join("\n", tail);
    } catch (IOException e) {
      return "Its log " + log + " can't be read: " + e;
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor(STOP_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
