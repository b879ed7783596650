package io.tokenmeter.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.tokenmeter.app.TokenmeterConfig;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageTest {
  /** Instructions, with continued lines joined and without comments. */
  private static List<String> instructions;

  @BeforeAll
  static void read() throws IOException {
    String file = Project.text("Dockerfile").replaceAll("(?m)^#.*\n", "").replace("\\\n", " ");
    instructions = Arrays.stream(file.split("\n")).filter(line -> !line.isBlank()).toList();
  }

  @Test
  void every_image_that_it_stands_on_has_a_version() {
    assertThat(all("FROM"))
        .hasSize(5)
        .allSatisfy(
            from ->
                assertThat(from)
                    .matches(
                        "(--platform=\\$BUILDPLATFORM )?"
                            + "(build|[a-z/-]+:([0-9]+\\.[0-9]+\\.[0-9]\\S*|[a-z]+-[0-9]{8}))"
                            + "( AS [a-z]+)?"));
  }

  @Test
  void both_images_run_as_somebody_else_than_root() {
    assertThat(all("USER")).containsExactly("1000:1000", "10001:10001");
  }

  @Test
  void what_it_copies_between_its_stages_comes_from_a_stage() {
    List<String> stages =
        all("FROM").stream()
            .filter(from -> from.contains(" AS "))
            .map(from -> from.replaceAll(".* AS ", ""))
            .toList();

    assertThat(stages).contains("connect");
    assertThat(all("COPY").stream().filter(copy -> copy.startsWith("--from=")))
        .hasSize(5)
        .allSatisfy(copy -> assertThat(stages).contains(copy.replaceAll("--from=(\\w+) .*", "$1")));
  }

  @Test
  void its_java_has_the_modules_of_its_libraries_and_those_that_are_found_by_name() {
    String modules = String.join(" ", all("RUN")).replaceAll(".*--add-modules (\\S+).*", "$1");

    assertThat(modules.split(",", -1))
        .contains("jdk.crypto.ec", "jdk.charsets", "java.net.http")
        .allSatisfy(module -> assertThat(ModuleFinder.ofSystem().find(module)).isPresent());
  }

  @Test
  void it_runs_as_the_user_that_the_chart_names() throws IOException {
    assertThat(all("USER").get(1)).isEqualTo("10001:10001");
    assertThat(Chart.render("{}")).contains("runAsUser: 10001", "runAsGroup: 10001");
  }

  @Test
  void the_application_takes_the_settings_that_it_brings() {
    Map<String, String> settings = new TreeMap<>();
    Pattern.compile("(TOKENMETER_\\w+)=(\\S+)")
        .matcher(String.join(" ", all("ENV")))
        .results()
        .forEach(pair -> settings.put(Settings.key(pair.group(1)), pair.group(2)));

    assertThat(settings).containsOnlyKeys("state.dir", "http.listen");
    assertThat(TokenmeterConfig.of(settings).stateDir().toString())
        .startsWith(all("VOLUME").get(0));
  }

  @Test
  void it_starts_a_class_that_exists() throws Exception {
    List<String> start = json(all("ENTRYPOINT").get(1));
    Class<?> started = Class.forName(start.get(start.size() - 1));

    assertThat(started.getMethod("main", String[].class)).isNotNull();
  }

  @ParameterizedTest(name = "status {0} ends with {1}")
  @CsvSource({"200, 0", "503, 1"})
  void its_health_check_follows_what_healthz_says(int status, int exitCode) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/healthz",
        exchange -> {
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
    try {
      assertThat(exitCode(check(), server.getAddress().getPort())).isEqualTo(exitCode);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void its_health_check_fails_where_nothing_listens() throws Exception {
    HttpServer closed =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    closed.start();
    int port = closed.getAddress().getPort();
    closed.stop(0);

    assertThat(exitCode(check(), port)).isOne();
  }

  private static List<String> check() throws IOException {
    String instruction = all("HEALTHCHECK").get(0);
    return json(instruction.substring(instruction.indexOf('[')));
  }

  private static int exitCode(List<String> check, int port) throws Exception {
    return new ProcessBuilder(
            check.stream().map(word -> word.replace("/8080 ", "/" + port + " ")).toList())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private static List<String> json(String array) throws IOException {
    return Arrays.asList(new ObjectMapper().readValue(array, String[].class));
  }

  private static List<String> all(String instruction) {
    Pattern line = Pattern.compile("^" + instruction + " +(.*)$");
    return instructions.stream()
        .flatMap(text -> line.matcher(text).results().map((MatchResult match) -> match.group(1)))
        .toList();
  }
}
