package io.tokenmeter.proof;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which faults strike, in which order; the same for the same seed. When exactly one strikes depends
 * on the machine.
 */
final class Schedule {
  /**
   * A heavy fault, and the light ones that strike while it lasts and while it is being put right.
   *
   * @param seed of its dice
   */
  record Round(int number, Fault fault, List<Fault> during, List<Fault> after, long seed) {
    @Override
    public String toString() {
      return number + ". " + fault + "; meanwhile " + counts(during) + "; then " + counts(after);
    }

    private static String counts(List<Fault> faults) {
      return faults.isEmpty()
          ? "nothing"
          : faults.stream()
              .collect(Collectors.groupingBy(fault -> fault, TreeMap::new, Collectors.counting()))
              .toString();
    }
  }

  private final Random random;
  private final List<Fault> heavy;
  private final List<Fault> light;
  private final int lightPerRound;
  private final List<Fault> bag = new ArrayList<>();
  private int rounds;

  /**
   * @param heavy those that strike one at a time: each once, in any order, then each again
   * @param light those that strike beside them
   * @param lightPerRound how many do in a round
   */
  Schedule(long seed, List<Fault> heavy, List<Fault> light, int lightPerRound) {
    this.random = new Random(seed);
    this.heavy = List.copyOf(heavy);
    this.light = List.copyOf(light);
    this.lightPerRound = lightPerRound;
  }

  Round next() {
    if (bag.isEmpty()) {
      bag.addAll(heavy);
      Collections.shuffle(bag, random);
    }
    Fault fault = bag.remove(bag.size() - 1);
    int during = fault.weight() == Fault.Weight.BLACKOUT ? 0 : lightPerRound / 2;
    return new Round(
        ++rounds, fault, some(during), some(lightPerRound - during), random.nextLong());
  }

  private List<Fault> some(int count) {
    List<Fault> some = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      some.add(light.get(random.nextInt(light.size())));
    }
    return List.copyOf(some);
  }
}
