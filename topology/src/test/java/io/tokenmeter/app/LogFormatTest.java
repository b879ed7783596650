package io.tokenmeter.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.joran.spi.JoranException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** The log as people and as programs read it, by the one switch. */
class LogFormatTest {
  @Test
  void isALineForPeopleUnlessAskedOtherwise() throws JoranException {
    assertThat(logged("text"))
        .containsPattern("(?m)^\\d\\d:\\d\\d:\\d\\d\\.\\d{3} WARN  Ledger ledger: a thread died$");
  }

  @Test
  void isAnObjectALineWithIdsInFieldsWhereThatIsAskedFor()
      throws JoranException, JsonProcessingException {
    String[] lines = logged("json").strip().split("\n", -1);
    assertThat(lines).hasSize(2);
    JsonNode first = new ObjectMapper().readTree(lines[0]);
    assertThat(first.get("level").asText()).isEqualTo("WARN");
    assertThat(first.get("loggerName").asText()).isEqualTo("io.tokenmeter.Ledger");
    assertThat(first.get("formattedMessage").asText()).isEqualTo("ledger: a thread died");
    assertThat(first.get("timestamp").asLong()).isPositive();
    assertThat(first.at("/kvpList/0/application").asText()).isEqualTo("ledger");
    JsonNode second = new ObjectMapper().readTree(lines[1]);
    assertThat(second.at("/throwable/message").asText()).isEqualTo("a \"cause\"\nof two lines");
  }

  private static String logged(String format) throws JoranException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream before = System.err;
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      context.putProperty("TOKENMETER_LOG_FORMAT", format);
      JoranConfigurator configurator = new JoranConfigurator();
      configurator.setContext(context);
      configurator.doConfigure(LogFormatTest.class.getResource("/logback.xml"));
      Logger log = context.getLogger("io.tokenmeter.Ledger");
      log.atWarn().addKeyValue("application", "ledger").log("{}: a thread died", "ledger");
      log.error("it failed", new IllegalStateException("a \"cause\"\nof two lines"));
      return bytes.toString(StandardCharsets.UTF_8);
    } finally {
      System.setErr(before);
      context.stop();
    }
  }
}
