package io.tokenmeter.app;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class StreamsFailuresTest {
  private final StreamsFailures failures = new StreamsFailures("ledger", Path.of("data", "state"));
  private final Throwable passing = new StreamsException("wrapped", new TimeoutException("slow"));

  @Test
  void replacesAThreadThatDiedOfAPassingCauseTenTimesInTenMinutes() {
    for (int i = 0; i < 10; i++) {
      assertThat(failures.decide(passing, i)).isEqualTo(REPLACE_THREAD);
    }
    assertThat(failures.decide(passing, 11)).isEqualTo(SHUTDOWN_CLIENT);
    assertThat(failures.decide(passing, Duration.ofMinutes(11).toNanos()))
        .as("the first ones are long ago")
        .isEqualTo(REPLACE_THREAD);
  }

  @Test
  void replacesAThreadWhoseTransactionTheBrokersEnded() {
    assertThat(
            failures.decide(
                new StreamsException(new InvalidTxnStateException("the coordinator aborted it")),
                0))
        .isEqualTo(REPLACE_THREAD);
  }

  @Test
  void stopsTheApplicationForAnythingElse() {
    assertThat(failures.decide(new StreamsException(new IllegalStateException("a defect")), 0))
        .isEqualTo(SHUTDOWN_CLIENT);
  }

  @Test
  void saysWhatToDoAboutStateThatCannotBeRead() {
    Throwable damaged =
        new StreamsException(
            "wrapped",
            new ProcessorStateException(
                "Error opening store", new IOException("Corruption: bad block")));
    Path state = Path.of("data", "state");
    assertThat(StreamsFailures.advice(damaged, state))
        .hasValue(
            "the state in data/state can't be read or written (Corruption: bad block). Is the disk"
                + " full? Else files are damaged: while this instance is stopped, delete data/state;"
                + " it is restored from the changelog topics");
    assertThat(StreamsFailures.advice(passing, state)).isEmpty();
  }
}
