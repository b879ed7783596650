package io.tokenmeter.query;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.streams.KafkaStreams.State;

/** Whether this process is alive, and whether it is ready to be asked. */
final class Health {
  private final List<Application> applications;

  private record Document(String status, Map<String, State> applications) {}

  Health(List<Application> applications) {
    this.applications = List.copyOf(applications);
  }

  /** Alive as long as no application stopped for good: a restart would help, and nothing else. */
  Answer alive() {
    Map<String, State> states = states();
    String stopped = namesWhere(states, Health::isStopped);
    return stopped.isEmpty()
        ? Answer.json(new Document("alive", states))
        : new Problem(
                ProblemCode.NOT_ALIVE,
                stopped + "; restart this instance and read its log from before")
            .answer();
  }

  /**
   * Ready when every application is RUNNING, which Kafka Streams says only once all its active
   * tasks have restored their stores (KafkaStreams.State, StreamThread.State).
   */
  Answer ready() {
    Map<String, State> states = states();
    String waiting = namesWhere(states, state -> state != State.RUNNING);
    return waiting.isEmpty()
        ? Answer.json(new Document("ready", states))
        : new Problem(ProblemCode.NOT_READY, waiting + "; RUNNING is needed, try again in a second")
            .answer();
  }

  private Map<String, State> states() {
    Map<String, State> states = new TreeMap<>();
    applications.forEach(each -> states.put(each.name(), each.state().get()));
    return states;
  }

  private static String namesWhere(Map<String, State> states, Predicate<State> wanted) {
    return states.entrySet().stream()
        .filter(entry -> wanted.test(entry.getValue()))
        .map(entry -> entry.getKey() + " is " + entry.getValue())
        .collect(Collectors.joining(", "));
  }

  private static boolean isStopped(State state) {
    return switch (state) {
      case PENDING_ERROR, ERROR, NOT_RUNNING -> true;
      case CREATED, REBALANCING, RUNNING, PENDING_SHUTDOWN -> false;
    };
  }
}
