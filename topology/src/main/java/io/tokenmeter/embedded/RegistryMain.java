package io.tokenmeter.embedded;

import java.io.IOException;

/**
 * The child's main class: runs the registry and ends with the parent. The parent holds the other
 * end of this process's standard input and never writes; when it ends, in whatever way, the
 * operating system closes that end, and the read below returns.
 *
 * <p>It is put alone on the registry's class path, so it uses nothing but the JDK.
 */
final class RegistryMain {
  private RegistryMain() {}

  public static void main(String[] args) throws ReflectiveOperationException {
    Thread watch = new Thread(RegistryMain::endWithParent, "end-with-parent");
    watch.setDaemon(true);
    watch.start();
    Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
  }

  private static void endWithParent() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is ever written; only the end counts.
      }
    } catch (IOException e) {
      System.err.println("The parent's pipe broke: " + e);
    }
    Runtime.getRuntime().halt(0);
  }
}
