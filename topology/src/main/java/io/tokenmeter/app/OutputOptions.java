package io.tokenmeter.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** How every command that prints results prints them. */
public final class OutputOptions {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Option(names = "--json", description = "Print JSON, one object a line.")
  private boolean json;

  /** Whether JSON was asked for. */
  public boolean json() {
    return json;
  }

  /** Prints one thing, in words or as JSON. */
  void print(PrintWriter out, String words, Object object) {
    out.println(json ? json(object) : words);
  }

  /** One line of maps, lists, strings and numbers. */
  public static String json(Object object) {
    try {
      return MAPPER.writeValueAsString(object);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("maps, lists, strings and numbers are JSON", impossible);
    }
  }
}
