package io.tokenmeter.serde;

import io.tokenmeter.serde.UnreadableRecordException.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Sorts what a deserializer that isn't ours throws into what ours would have. Confluent's wraps all
 * in a {@link SerializationException}: the registry's answer as a {@code RestClientException} with
 * a status, a registry that can't be reached as an {@link IOException}, and what the bytes are to
 * blame for as anything else. Confluent's classes are not on the class path, so the first is known
 * by its name.
 */
final class ForeignFailures {
  private static final String REST_FAILURE =
      "io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException";
  private static final int SCHEMA_NOT_FOUND = 40403;
  private static final int DEEPEST_CAUSE = 20;

  private ForeignFailures() {}

  /** The failure to throw; the same one where there is nothing to sort. */
  static RuntimeException sorted(RuntimeException failure) {
    if (failure instanceof UnreadableRecordException
        || failure instanceof RegistryRefusedException
        || failure instanceof RetriableException) {
      return failure;
    }
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
      Optional<RuntimeException> verdict = verdict(cause);
      if (verdict.isPresent()) {
        return verdict.get();
      }
      cause = cause.getCause();
    }
    return failure instanceof SerializationException ? unreadable(failure) : failure;
  }

  private static Optional<RuntimeException> verdict(Throwable cause) {
    if (cause instanceof RetriableException retriable) {
      return Optional.of(retriable);
    }
    if (cause instanceof IOException && !(cause instanceof EOFException)) {
      return Optional.of(
          new RegistryUnavailableException("The schema registry can't be reached: " + cause));
    }
    return isRestFailure(cause)
        ? Optional.of(answered(number(cause, "getStatus"), number(cause, "getErrorCode"), cause))
        : Optional.empty();
  }

  /** A 404 without the registry's own code is a wrong URL, and no record is to blame for that. */
  private static RuntimeException answered(int status, int errorCode, Throwable cause) {
    if (status == 404 && errorCode == SCHEMA_NOT_FOUND) {
      return new UnreadableRecordException(
          Kind.UNKNOWN_SCHEMA, "The registry doesn't know the schema: " + cause.getMessage());
    }
    if (status == 408 || status == 429 || status >= 500) {
      return new RegistryUnavailableException(
          "The schema registry answered " + status + ": " + cause.getMessage());
    }
    return new RegistryRefusedException(
        "The schema registry answered " + status + ": " + cause.getMessage());
  }

  private static boolean isRestFailure(Throwable cause) {
    for (Class<?> type = cause.getClass(); type != null; type = type.getSuperclass()) {
      if (REST_FAILURE.equals(type.getName())) {
        return true;
      }
    }
    return false;
  }

  private static int number(Throwable restFailure, String method) {
    try {
      return (int) restFailure.getClass().getMethod(method).invoke(restFailure);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("RestClientException has no readable " + method, e);
    }
  }

  /** The cause's message may quote what was read, so only its kind is told. */
  private static UnreadableRecordException unreadable(RuntimeException failure) {
    Throwable root = failure;
    for (int depth = 0; root.getCause() != null && depth < DEEPEST_CAUSE; depth++) {
      root = root.getCause();
    }
    return new UnreadableRecordException(
        Kind.UNREADABLE,
        "The value can't be read by the configured deserializer: "
            + root.getClass().getSimpleName()
            + ".");
  }
}
