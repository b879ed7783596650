package io.tokenmeter.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs each line that the page about the API shows. */
class HttpPageTest {
  private static final Path PAGE =
      Path.of(System.getProperty("tokenmeter.root"), "docs", "http.md");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");
  private final Fleet fleet = new Fleet();
  private final Fleet.Member instance = fleet.start();

  private record Line(String method, URI uri, HttpRequest request) {}

  @AfterEach
  void stop() {
    fleet.close();
  }

  @Test
  void everyLineIsAnsweredAndEveryEndpointHasOne() throws IOException {
    instance.ledger.bill("acme", "1");
    TreeSet<String> shown = new TreeSet<>();
    for (Line line : lines()) {
      HttpResponse<String> answer = instance.send(line.request());
      assertThat(answer.statusCode()).as(line.uri() + ": " + answer.body()).isIn(200, 201);
      instance.endpoints().stream()
          .filter(endpoint -> endpoint.method().name().equals(line.method()))
          .filter(endpoint -> isAt(endpoint, line.uri()))
          .forEach(endpoint -> shown.add(endpoint.method() + " " + endpoint.path()));
    }
    assertThat(shown)
        .containsExactlyInAnyOrderElementsOf(
            instance.endpoints().stream()
                .map(endpoint -> endpoint.method() + " " + endpoint.path())
                .toList());
  }

  private static boolean isAt(Endpoint endpoint, URI uri) {
    return uri.getRawPath().matches(endpoint.path().replaceAll("\\{[^}]+}", "[^/]+"));
  }

  private List<Line> lines() throws IOException {
    String page = Files.readString(PAGE).replace("\\\n", " ");
    List<Line> lines = new ArrayList<>();
    String begun = "";
    for (String text : page.lines().toList()) {
      if (!begun.isEmpty() || text.startsWith("curl ")) {
        begun += text + " ";
        // What is quoted may go on in the next line.
        if (begun.chars().filter(c -> c == '\'').count() % 2 == 0) {
          lines.add(line(begun));
          begun = "";
        }
      }
    }
    assertThat(lines).hasSizeGreaterThan(10);
    return lines;
  }

  /** What curl makes of a line, of the options that the page uses. */
  private Line line(String text) {
    Map<String, String> variables =
        Map.of("$TOKENMETER_URL", "http://" + instance.self(), "$TOKENMETER_TOKEN", Fleet.OPERATOR);
    List<String> words = new ArrayList<>();
    for (Matcher word = WORD.matcher(text); word.find(); ) {
      String plain = word.group(1);
      String read = plain != null ? plain : word.group(2) != null ? word.group(2) : word.group(3);
      if (plain == null) {
        for (Map.Entry<String, String> variable : variables.entrySet()) {
          read = read.replace(variable.getKey(), variable.getValue());
        }
      }
      words.add(read);
    }
    HttpRequest.Builder request = HttpRequest.newBuilder();
    String method = "GET";
    URI uri = null;
    for (int i = 1; i < words.size(); i++) {
      switch (words.get(i)) {
        case "-s", "-sN" -> {}
        case "-H" -> {
          String[] header = words.get(++i).split(": ", 2);
          request.header(header[0], header[1]);
        }
        case "-d" -> {
          method = "POST";
          request.POST(HttpRequest.BodyPublishers.ofString(words.get(++i)));
        }
        default -> {
          uri = URI.create(words.get(i));
          request.uri(uri);
        }
      }
    }
    assertThat(uri).as(text).isNotNull();
    return new Line(method, uri, request.build());
  }
}
