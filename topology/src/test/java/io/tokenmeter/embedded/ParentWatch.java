package io.tokenmeter.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Ends a child of {@link ChildJvm} with its parent: the parent holds the other end of standard
 * input, and the operating system closes that when the parent is gone, however it went.
 */
public final class ParentWatch {
  private ParentWatch() {}

  /**
   * Begins to watch.
   *
   * @param orders takes each line that the parent tells
   */
  public static void begin(Consumer<String> orders) {
    Thread watch = new Thread(() -> watch(orders), "end-with-parent");
    watch.setDaemon(true);
    watch.start();
  }

  private static void watch(Consumer<String> orders) {
    try {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        orders.accept(line);
      }
    } catch (IOException e) {
      System.err.println("the parent's pipe broke: " + e);
    }
    Runtime.getRuntime().halt(0);
  }
}
