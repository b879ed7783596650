package io.tokenmeter.proof;

import io.tokenmeter.app.Main;
import io.tokenmeter.embedded.ParentWatch;

/** The command line as it is, in a child that ends with its parent. */
final class ApplicationMain {
  private ApplicationMain() {}

  public static void main(String[] args) {
    ParentWatch.begin(order -> {});
    Main.main(args);
  }
}
