package io.tokenmeter.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.serde.UnreadableRecordException.Kind;
import java.io.EOFException;
import java.net.ConnectException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

final class ForeignFailuresTest {
  private static RuntimeException sorted(Throwable cause) {
    return ForeignFailures.sorted(
        new SerializationException("Error deserializing Avro message for id 1", cause));
  }

  @Test
  void aRegistryThatCanNotBeReachedIsUnavailable() {
    assertThat(sorted(new ConnectException("Connection refused")))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining("Connection refused");
    DisconnectException retriable = new DisconnectException("gone");
    assertThat(sorted(retriable)).isSameAs(retriable);
  }

  @Test
  void anythingElseIsTheBytesFaultAndQuotesNothing() {
    assertThat(sorted(new EOFException("a secret prompt")))
        .isInstanceOf(UnreadableRecordException.class)
        .hasNoCause()
        .hasMessage("The value can't be read by the configured deserializer: EOFException.")
        .extracting(e -> ((UnreadableRecordException) e).kind())
        .isEqualTo(Kind.UNREADABLE);
  }

  @Test
  void aBugIsLeftAsItIs() {
    IllegalStateException bug = new IllegalStateException("not configured");
    assertThat(ForeignFailures.sorted(bug)).isSameAs(bug);
  }
}
