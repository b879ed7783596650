package io.tokenmeter.documents;

import static io.tokenmeter.documents.Matches.found;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.ledger.Unmatched;
import io.tokenmeter.raw.Rejection;
import io.tokenmeter.topics.TopicKey;
import io.tokenmeter.topics.Topics;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadmeTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static String readme;

  @BeforeAll
  static void read() throws IOException {
    readme = Files.readString(ROOT.resolve("README.md"));
  }

  @Test
  void every_java_example_compiles_as_it_stands(@TempDir Path classes) {
    List<String> examples = found(readme, "(?ms)^```java\n(.*?)^```$");
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();

    assertThat(examples).hasSize(2);
    for (String example : examples) {
      StringWriter errors = new StringWriter();
      boolean compiled =
          compiler
              .getTask(
                  errors,
                  null,
                  null,
                  List.of(
                      "-d", classes.toString(), "-proc:none", "-Xlint:all,-classfile", "-Werror"),
                  null,
                  List.of(source(example)))
              .call();
      assertThat(compiled).as(errors.toString()).isTrue();
    }
  }

  @Test
  void every_folder_and_file_that_it_names_is_there() {
    assertThat(found(readme, "(?m)(schemas/src/[a-z]+/[0-9.]+[0-9])"))
        .hasSizeGreaterThan(2)
        .allSatisfy(
            folder -> assertThat(ROOT.resolve(folder).resolve("llm.requests.avsc")).exists());
    String folders = readme.substring(readme.indexOf("| folder | what is in it |"));
    assertThat(found(folders, "(?m)^\\| `([a-z]+)` \\|"))
        .isNotEmpty()
        .allSatisfy(folder -> assertThat(ROOT.resolve(folder)).isDirectory());
  }

  @Test
  void it_names_every_command_and_none_that_does_not_exist() throws IOException {
    List<String> commands = Commands.all();

    assertThat(found(readme, "\\./tokenmeter\\s+([a-z]+)"))
        .contains("demo", "up", "audit")
        .isSubsetOf(commands);
    String table = found(readme, "(?s)\\| command \\| what it does \\|\n(.*?)\n\n").get(0);
    assertThat(
            found(table, "(?m)^\\| (`[^|]+`) \\|").stream()
                .flatMap(cell -> found(cell, "`([a-z]+)`").stream()))
        .containsExactlyInAnyOrderElementsOf(commands);
  }

  @Test
  void its_topics_are_those_of_the_catalogue() {
    String table =
        Arrays.stream(Topics.values()).map(ReadmeTest::row).reduce("", (all, row) -> all + row);

    assertThat(readme)
        .contains("| topic | key | value | kept |\n|---|---|---|---|\n" + table + "\n");
  }

  @Test
  void it_says_what_to_do_about_every_reason() {
    assertThat(found(readme, "(?m)^\\| `([A-Z_]+)` \\|"))
        .containsExactlyElementsOf(
            Stream.concat(
                    Arrays.stream(Rejection.values()).map(Rejection::name),
                    Arrays.stream(Unmatched.Reason.values()).map(Unmatched.Reason::name))
                .toList());
  }

  @Test
  void its_parts_have_the_order_that_a_newcomer_needs() {
    assertThat(found(readme, "(?m)^## (.*)$"))
        .containsExactly(
            "Run it",
            "Ask it",
            "Produce",
            "Consume",
            "Topics",
            "What is guaranteed",
            "What is not",
            "Configure",
            "Operate",
            "Develop");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        "ARCHITECTURE.md",
        "CHANGELOG.md",
        "connectors/README.md",
        "docs/security.md",
        "docs/http.md",
        "docs/operating.md",
        "docs/guide/sizing.md",
        "docs/guide/changes.md",
        "docs/guide/recovery.md",
        "docs/guide/regions.md",
        "docs/guide/privacy.md",
        "docker/README.md",
        "helm/tokenmeter/README.md"
      })
  void every_link_leads_somewhere(String document) throws IOException {
    Path path = ROOT.resolve(document);
    String prose = Files.readString(path).replaceAll("(?ms)^```.*?^```$", "");

    for (String target : found(prose, "\\]\\(([^)#]+)\\)")) {
      if (!target.startsWith("https://")) {
        assertThat(path.resolveSibling(target)).as(document).exists();
      }
    }
  }

  @Test
  void the_architecture_names_every_stage() throws IOException {
    String architecture = Files.readString(ROOT.resolve("ARCHITECTURE.md"));
    Path packages = ROOT.resolve("topology/src/main/java/io/tokenmeter");

    try (var folders = Files.list(packages)) {
      assertThat(folders.filter(Files::isDirectory).map(folder -> folder.getFileName().toString()))
          .isNotEmpty()
          .allSatisfy(stage -> assertThat(architecture).contains("| `" + stage + "` |"));
    }
  }

  private static String row(Topics topic) {
    String value =
        topic
            .value()
            .map(type -> "`" + type.getSimpleName() + "`")
            .orElse("the bytes as they came");
    String kept =
        topic
            .policy()
            .retention()
            .map(time -> time.toDays() + (time.toDays() == 1 ? " day" : " days"))
            .orElse("newest of each key");
    return "| `%s` | %s | %s | %s |\n".formatted(topic.baseName(), key(topic.key()), value, kept);
  }

  private static String key(TopicKey key) {
    return switch (key) {
      case ANY -> "any";
      case ORG_ID -> "organisation";
      case BOOK_AND_MODEL -> "book and model";
      case AS_IT_CAME -> "as it came";
    };
  }

  private static JavaFileObject source(String text) {
    String name = found(text, "public final class (\\w+)").get(0);
    return new SimpleJavaFileObject(
        URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
      }
    };
  }
}
