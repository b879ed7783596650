package io.tokenmeter.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.rated.book.ShippedBooks;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    return Main.run(new PrintWriter(out), new PrintWriter(err), args);
  }

  @Test
  void namesTheNearestCommandForOneThatDoesntExist() {
    assertThat(run("balanse", "acme")).isEqualTo(2);
    assertThat(err)
        .hasToString(
            """
        tokenmeter: no command balanse; the nearest is balance
        `tokenmeter --help` shows what it takes
        """);
  }

  @Test
  void namesACommandOfAnotherModuleAndTellsHowToGetIt() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString()).contains("warehouse  Load a cluster's charges into a DuckDB file");
    assertThat(run("warehouse", "--demo", "--file", "x.duckdb")).isEqualTo(3);
    assertThat(err)
        .hasToString(
            "tokenmeter: warehouse has libraries of its own, which aren't here; `./tokenmeter"
                + " warehouse` in a checkout builds them\n");
  }

  @Test
  void endsWithOneLineAndTwoForASettingThatDoesntExist() {
    assertThat(run("topics", "check", "--set", "topic.prefx=x")).isEqualTo(2);
    assertThat(err)
        .hasToString(
            "tokenmeter: Unknown setting topic.prefx; the nearest that exists is topic.prefix\n");
  }

  @Test
  void endsWithOneLineAndThreeWhenNoBrokerAnswers() {
    String[] settings = {"--set", "bootstrap.servers=127.0.0.1:1", "--set", "startup.timeout=1s"};
    assertThat(run("run", settings[0], settings[1], settings[2], settings[3])).isEqualTo(3);
    assertThat(err)
        .hasToString(
            "tokenmeter: no broker answers at 127.0.0.1:1 within 1s; start one, or set"
                + " bootstrap.servers\n");
  }

  @Test
  void endsWithThreeWhenNoInstanceAnswers() {
    assertThat(run("balance", "acme", "--url", "http://127.0.0.1:1")).isEqualTo(3);
    assertThat(err)
        .hasToString(
            "tokenmeter: no instance answers at http://127.0.0.1:1; start one, or set --url\n");
  }

  @Test
  void makesATokenOfOneKindAlone() {
    assertThat(run("token", "--gateway")).isZero();
    assertThat(out.toString()).containsPattern("token  tm_\\S+\nline   [0-9a-f]{64}=gateway\n");
    assertThat(run("token", "--gateway", "--org", "acme")).isEqualTo(2);
    assertThat(err.toString()).contains("--org and --gateway don't go together");
  }

  @Test
  void refusesAnAmountThatIsNoneBeforeAnythingIsSent() {
    assertThat(run("grant", "acme", "ten")).isEqualTo(2);
    assertThat(err).hasToString("tokenmeter: AMOUNT is ten; a decimal such as 12.5 is allowed\n");
  }

  @Test
  void refusesAQuotaThatItCantRead() {
    assertThat(run("org", "acme", "--quota", "daily:week:5")).isEqualTo(2);
    assertThat(err)
        .hasToString(
            "tokenmeter: --quota is daily:week:5; ID:WINDOW:LIMIT is allowed, as in daily:day:50,"
                + " with what is counted and whose after it, as in"
                + " daily:day:100000:total_tokens:user:soft\n");
  }

  @Test
  void sendsARunThatIsNamedAfterASecondAsOfThatSecond() {
    assertThat(ProduceCommand.runAt("20260131T100000Z"))
        .isEqualTo(Instant.parse("2026-01-31T10:00:00Z"));
    assertThat(ProduceCommand.runAt("nightly")).isAfter(Instant.parse("2026-01-31T10:00:00Z"));
  }

  @Test
  void countsTheTokensOfAFile(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("text"), "hello world");
    assertThat(run("count", "--model", "gpt-4o", file.toString(), "--json")).isZero();
    assertThat(out)
        .hasToString(
            "{\"model\":\"gpt-4o\",\"tokens\":2,\"provenance\":\"TOKENIZED\",\"assumed\":false}\n");
  }

  @Test
  void lintsTheShippedBooksWithoutErrors() {
    Path books = Path.of(System.getProperty("tokenmeter.root"), "books");
    for (String book : ShippedBooks.NAMES) {
      assertThat(run("prices", "lint", books.resolve(book + ".yaml").toString())).as(book).isZero();
    }
  }
}
