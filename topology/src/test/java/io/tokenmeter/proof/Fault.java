package io.tokenmeter.proof;

import java.util.Arrays;
import java.util.List;

/** Everything that is done to the processes; what gateways do is in {@link Gateway}. */
enum Fault {
  PAUSED(
      "an instance stands still for less than its session", Weight.LIGHT, ApplicationHarm::pause),
  GROUP_EXPELLED(
      "the brokers throw all members out of a group", Weight.LIGHT, ApplicationHarm::expel),
  PRODUCER_FENCED(
      "an instance's transaction is aborted and its producer fenced",
      Weight.LIGHT,
      ApplicationHarm::fence),
  CONNECTIONS_CUT("every connection to a broker is cut", Weight.LIGHT, BrokerHarm::cut),
  BROKER_PAUSED("a broker stands still for a moment", Weight.LIGHT, BrokerHarm::pause),
  LEADERS_MOVED("partitions change their leaders", Weight.CLUSTER_LIGHT, BrokerHarm::moveLeaders),
  REGISTRY_CUT("the registry is away for a moment", Weight.LIGHT, BrokerHarm::cutRegistry),

  KILLED_IN_MEASURE(
      "SIGKILL while raw records wait to be measured",
      Weight.HEAVY,
      ApplicationHarm::killInMeasure),
  KILLED_IN_LEDGER(
      "SIGKILL while facts wait to be posted", Weight.HEAVY, ApplicationHarm::killInLedger),
  KILLED_IN_COMMIT(
      "SIGKILL while a transaction commits", Weight.HEAVY, ApplicationHarm::killInCommit),
  KILLED_IN_RESTORE(
      "the state is lost, and SIGKILL while it is restored",
      Weight.HEAVY,
      ApplicationHarm::killInRestore),
  STATE_LOST("SIGKILL, and the state's directory is gone", Weight.HEAVY, StateHarm::lose),
  STATE_DAMAGED_AFTER_KILL(
      "SIGKILL, and files of the state are cut short or zeroed",
      Weight.HEAVY,
      StateHarm::damageAfterKill),
  STATE_DAMAGED_AFTER_STOP(
      "an orderly stop, and files of the state are cut short or zeroed",
      Weight.HEAVY,
      StateHarm::damageAfterStop),
  DISK_FULL("no file of an instance can grow", Weight.HEAVY, StateHarm::fillDisk),
  FROZEN(
      "an instance stands still past its session and wakes up",
      Weight.HEAVY,
      ApplicationHarm::freeze),
  ROLLING_RESTART("every instance is stopped and started", Weight.HEAVY, ApplicationHarm::roll),
  SCALED_OUT("two more instances come and leave", Weight.HEAVY, ApplicationHarm::scaleOut),
  REGISTRY_AWAY(
      "an instance is killed and started while the registry is away",
      Weight.HEAVY,
      BrokerHarm::registryAway),
  BROKER_KILLED("SIGKILL of a broker, started again", Weight.CLUSTER_HEAVY, BrokerHarm::kill),
  ALL_BROKERS_KILLED(
      "SIGKILL of all brokers, started again later", Weight.BLACKOUT, BrokerHarm::killAll);

  /** How much a fault takes. */
  enum Weight {
    /** Fractions of a second, over by itself. */
    LIGHT,
    /** The same, where there are three brokers. */
    CLUSTER_LIGHT,
    /** Seconds, and something has to be put right. */
    HEAVY,
    /** The same, where there are three brokers. */
    CLUSTER_HEAVY,
    /** Nothing else can strike meanwhile. */
    BLACKOUT
  }

  private final String sentence;
  private final Weight weight;

  /** Method references without state. */
  @SuppressWarnings("ImmutableEnumChecker")
  private final Harm harm;

  Fault(String sentence, Weight weight, Harm harm) {
    this.sentence = sentence;
    this.weight = weight;
    this.harm = harm;
  }

  /** What it does, for the report. */
  String sentence() {
    return sentence;
  }

  Weight weight() {
    return weight;
  }

  Harm harm() {
    return harm;
  }

  static List<Fault> light() {
    return Arrays.stream(values())
        .filter(fault -> fault.weight == Weight.LIGHT || fault.weight == Weight.CLUSTER_LIGHT)
        .toList();
  }

  static List<Fault> heavy() {
    return Arrays.stream(values()).filter(fault -> !light().contains(fault)).toList();
  }
}
