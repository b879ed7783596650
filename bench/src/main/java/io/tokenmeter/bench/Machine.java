package io.tokenmeter.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What the figures were measured on.
 *
 * @param cpu the processor's model, or its architecture where the system doesn't tell
 * @param memoryGib of the machine
 * @param load average of runnable processes over the last minute before the run; below 0 where the
 *     system doesn't tell
 */
record Machine(String cpu, int cores, long memoryGib, String jdk, String kernel, double load) {
  private static final Path CPU = Path.of("/proc/cpuinfo");

  static Machine here() {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new Machine(
        model().replaceAll("\\s+", " ").strip(),
        Runtime.getRuntime().availableProcessors(),
        Math.round(system.getTotalMemorySize() / (double) (1 << 30)),
        System.getProperty("java.vm.name") + " " + Runtime.version(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        system.getSystemLoadAverage());
  }

  private static String model() {
    if (!Files.isReadable(CPU)) {
      return System.getProperty("os.arch");
    }
    try (Stream<String> lines = Files.lines(CPU)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1))
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One line. */
  String shown() {
    return String.format(
        Locale.ROOT,
        "%d × %s, %d GiB, %s, %s, load %.1f before the run",
        cores,
        cpu,
        memoryGib,
        jdk,
        kernel,
        load);
  }
}
