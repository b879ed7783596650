package io.tokenmeter.bench;

import java.time.Duration;
import java.util.List;

/**
 * Time and processor time at one moment, or between two.
 *
 * @param nanos of the clock
 * @param broker processor time of the broker's process, in nanoseconds, as are the others
 * @param applications of what is measured
 * @param driver of this process: gateways and readers
 */
record Spent(long nanos, long broker, long applications, long driver) {
  static Spent now(ChildJvm broker, List<ChildJvm> applications) {
    return new Spent(
        System.nanoTime(),
        broker.cpu().toNanos(),
        applications.stream().mapToLong(jvm -> jvm.cpu().toNanos()).sum(),
        ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos());
  }

  Spent since(Spent before) {
    return new Spent(
        nanos - before.nanos,
        broker - before.broker,
        applications - before.applications,
        driver - before.driver);
  }

  long all() {
    return broker + applications + driver;
  }
}
