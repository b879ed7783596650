package io.tokenmeter.bench;

import com.sun.management.ThreadMXBean;
import io.tokenmeter.app.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

/**
 * The command line as it ships, with somebody beside it who tells what its threads have allocated
 * and how long they have run. Arguments: those of the command line.
 */
final class ApplicationMain {
  private ApplicationMain() {}

  public static void main(String[] arguments) {
    Thread answering = new Thread(ApplicationMain::answer, "bench-answers");
    answering.setDaemon(true);
    answering.start();
    Main.main(arguments);
  }

  /** Each line asked is answered by a line; the end of the questions ends the process. */
  private static void answer() {
    BufferedReader questions =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try {
      while (questions.readLine() != null) {
        System.out.println(ThreadUse.all().line());
      }
    } catch (IOException e) {
      System.err.println("the benchmark's pipe broke: " + e);
    }
    System.exit(0);
  }

  /**
   * What the stream threads have used since they began.
   *
   * @param measureNanos processor time of measure's
   * @param ledgerNanos processor time of the ledger's
   * @param measureBytes allocated by measure's
   * @param ledgerBytes allocated by the ledger's
   */
  record ThreadUse(long measureNanos, long ledgerNanos, long measureBytes, long ledgerBytes) {
    static ThreadUse all() {
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long[] ids = threads.getAllThreadIds();
      long[] bytes = threads.getThreadAllocatedBytes(ids);
      ThreadUse sum = new ThreadUse(0, 0, 0, 0);
      for (int i = 0; i < ids.length; i++) {
        var info = threads.getThreadInfo(ids[i]);
        if (info != null && info.getThreadName().contains("StreamThread-")) {
          long nanos = Math.max(0, threads.getThreadCpuTime(ids[i]));
          long allocated = Math.max(0, bytes[i]);
          sum =
              info.getThreadName().contains("-measure-")
                  ? sum.plus(new ThreadUse(nanos, 0, allocated, 0))
                  : sum.plus(new ThreadUse(0, nanos, 0, allocated));
        }
      }
      return sum;
    }

    ThreadUse plus(ThreadUse more) {
      return new ThreadUse(
          measureNanos + more.measureNanos,
          ledgerNanos + more.ledgerNanos,
          measureBytes + more.measureBytes,
          ledgerBytes + more.ledgerBytes);
    }

    ThreadUse minus(ThreadUse before) {
      return new ThreadUse(
          measureNanos - before.measureNanos,
          ledgerNanos - before.ledgerNanos,
          measureBytes - before.measureBytes,
          ledgerBytes - before.ledgerBytes);
    }

    String line() {
      return measureNanos + " " + ledgerNanos + " " + measureBytes + " " + ledgerBytes;
    }

    static ThreadUse parse(String line) {
      String[] words = line.split(" ", -1);
      return new ThreadUse(
          Long.parseLong(words[0]),
          Long.parseLong(words[1]),
          Long.parseLong(words[2]),
          Long.parseLong(words[3]));
    }
  }
}
