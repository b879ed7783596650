package io.tokenmeter.documents;

import static io.tokenmeter.documents.Matches.found;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.topics.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The operator's guide, held together; its commands are run by topology's GuideIT. */
class GuideTest {
  private static final Path GUIDE = Path.of("../docs/guide");

  private static Map<String, String> pages;

  @BeforeAll
  static void read() throws IOException {
    pages = new TreeMap<>();
    try (Stream<Path> files = Files.list(GUIDE)) {
      for (Path file : files.toList()) {
        pages.put(file.getFileName().toString(), Files.readString(file));
      }
    }
  }

  @Test
  void operating_names_every_page() throws IOException {
    String operating = Files.readString(Path.of("../docs/operating.md"));

    assertThat(pages).hasSize(5);
    pages.keySet().forEach(page -> assertThat(operating).contains("](guide/" + page + ")"));
  }

  @Test
  void a_block_of_commands_says_whether_the_build_runs_it() {
    List<String> needACluster = new ArrayList<>();
    pages.forEach(
        (page, text) -> {
          for (String mark : found(text, "(?m)^```bash(.*)$")) {
            assertThat(mark).as(page).isIn(" run", " cluster");
          }
          found(text, "(?ms)^```bash run\n(.*?)^```$")
              .forEach(
                  block ->
                      assertThat(block)
                          .as("needs a cluster")
                          .doesNotContain("kubectl", "helm ", "docker ", "kafka-"));
          found(text, "(?ms)^```bash cluster\n(.*?)^```$")
              .forEach(
                  block -> needACluster.add(page + ": " + block.lines().findFirst().orElse("")));
        });

    System.out.println("GuideTest: not run, since they need a cluster:");
    needACluster.forEach(block -> System.out.println("  " + block));
    assertThat(needACluster).isNotEmpty();
  }

  @Test
  void it_names_no_command_that_does_not_exist() throws IOException {
    List<String> commands = Commands.all();

    pages.forEach(
        (page, text) ->
            assertThat(found(text, "\\./tokenmeter\\s+([a-z]+)")).as(page).isSubsetOf(commands));
  }

  @Test
  void another_region_says_of_every_topic_whether_it_is_copied() {
    String regions = pages.get("regions.md");

    for (Topics topic : Topics.values()) {
      String group = topic.baseName().replaceAll("\\..*", ".*");
      assertThat(
              regions.contains("`" + topic.baseName() + "`") || regions.contains("`" + group + "`"))
          .as(topic.baseName())
          .isTrue();
    }
  }
}
