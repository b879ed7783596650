package io.tokenmeter.measured.count;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Megabytes a second of a thread's CPU time, which a busy machine changes less than time. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class CpuTime {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  long bytes;
  private long start;

  @Setup(Level.Iteration)
  public void start() {
    bytes = 0;
    start = THREADS.getCurrentThreadCpuTime();
  }

  /** Read by JMH, by the thread itself, at the end of an iteration. */
  public double megabytes() {
    return 1e3 * bytes / Math.max(1, THREADS.getCurrentThreadCpuTime() - start);
  }
}
