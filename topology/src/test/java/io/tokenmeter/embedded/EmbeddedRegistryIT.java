package io.tokenmeter.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tokenmeter.schema.JournalEntry;
import io.tokenmeter.schema.UsageRecord;
import io.tokenmeter.serde.SchemaRegistryClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedRegistryIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path directory;

  private static SchemaRegistryClient client(String url) {
    return SchemaRegistryClient.of(Map.of("schema.registry.url", url));
  }

  @Test
  void keptSchemasHaveTheSameIdsAfterARestart() {
    int usageId;
    int journalId;
    try (EmbeddedPlatform platform = platform(EmbeddedPlatform.Schemas.KEPT)) {
      SchemaRegistryClient registry = client(platform.registryUrl());
      usageId = registry.register("usage.records-value", UsageRecord.getClassSchema());
      journalId = registry.register("ledger.journal-value", JournalEntry.getClassSchema());
      assertThat(journalId).isNotEqualTo(usageId);
    }
    try (EmbeddedPlatform platform = platform(EmbeddedPlatform.Schemas.KEPT)) {
      SchemaRegistryClient registry = client(platform.registryUrl());
      Schema schema = registry.schema(usageId).orElseThrow();
      assertThat(schema.getFullName()).isEqualTo("io.tokenmeter.schema.UsageRecord");
      assertThat(registry.idOf("ledger.journal-value", JournalEntry.getClassSchema()))
          .contains(journalId);
      assertThat(registry.register("usage.records-value", UsageRecord.getClassSchema()))
          .isEqualTo(usageId);
    }
  }

  private EmbeddedPlatform platform(EmbeddedPlatform.Schemas schemas) {
    return EmbeddedPlatform.start(
        directory, EmbeddedKafka.ANY_PORT, EmbeddedRegistry.ANY_PORT, schemas);
  }

  @Test
  void aKilledParentLeavesNoChild() throws IOException {
    Path registries = Path.of(System.getProperty("tokenmeter.root"), "topology/target/registry");
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-D" + RegistryArchive.PROPERTY + "=" + registries.toAbsolutePath(),
                "-cp",
                System.getProperty("java.class.path"),
                RegistryHolder.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
      ProcessHandle child = ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();
      assertThat(child.isAlive()).isTrue();
      parent.destroyForcibly();
      await().atMost(Duration.ofSeconds(20)).until(() -> !child.isAlive());
    } finally {
      parent.destroyForcibly();
    }
  }

  @Test
  void aRegistryThatDoesNotComeUpInTimeTellsTheEndOfItsLogAndIsStopped() {
    EmbeddedRegistry registry =
        EmbeddedRegistry.launch(
            directory, EmbeddedRegistry.ANY_PORT, new RegistryStorage.Topics("127.0.0.1:1"));
    assertThatThrownBy(() -> registry.await(Duration.ofSeconds(1)))
        .isInstanceOf(EmbeddedFailure.class)
        .hasMessageContaining("The schema registry doesn't answer after 1 s. The end of ")
        .hasMessageContaining("registry.log");
    assertThat(ProcessHandle.of(registry.pid()).map(ProcessHandle::isAlive).orElse(false))
        .isFalse();
  }

  @Test
  void aMissingArchiveIsToldWithTheWaysOut() throws IOException {
    Path empty = Files.createDirectory(directory.resolve("empty"));
    String before = System.getProperty(RegistryArchive.PROPERTY);
    System.setProperty(RegistryArchive.PROPERTY, empty.toString());
    try {
      assertThatThrownBy(
              () ->
                  EmbeddedRegistry.start(
                      directory, EmbeddedRegistry.ANY_PORT, new RegistryStorage.Memory(), PATIENCE))
          .isInstanceOf(EmbeddedFailure.class)
          .hasMessage(
              "There is no schema registry (*.tar.gz) in "
                  + empty
                  + ". Build with mvn package, which downloads it, or set"
                  + " -Dtokenmeter.registry.dir=DIR, or use a registry of your own with"
                  + " schema.registry.url.");
    } finally {
      if (before == null) {
        System.clearProperty(RegistryArchive.PROPERTY);
      } else {
        System.setProperty(RegistryArchive.PROPERTY, before);
      }
    }
  }
}
