package io.tokenmeter.proof;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;

/** What happens to instances. */
final class ApplicationHarm {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** How long is waited for the right moment; when it doesn't come, nothing is struck. */
  private static final Duration MOMENT = Duration.ofSeconds(20);

  private static final Set<TransactionState> ENDING =
      EnumSet.of(
          TransactionState.PREPARE_COMMIT,
          TransactionState.PREPARE_ABORT,
          TransactionState.COMPLETE_COMMIT);

  private ApplicationHarm() {}

  static Harm.Mend pause(Scene scene, Dice dice) throws NotStruckException {
    oneOf(scene, dice, member -> true).process().pause(dice.millis(50, 1500));
    return Harm.Mend.NONE;
  }

  static Harm.Mend expel(Scene scene, Dice dice) throws NotStruckException {
    String group = dice.oneOf(scene.applicationIds());
    Scene.answer(
        scene
            .admin()
            .removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions())
            .all());
    return Harm.Mend.NONE;
  }

  static Harm.Mend fence(Scene scene, Dice dice) throws NotStruckException {
    List<String> ids =
        transactions(scene).stream().map(TransactionListing::transactionalId).sorted().toList();
    Scene.answer(scene.admin().fenceProducers(List.of(dice.oneOf(ids))).all());
    return Harm.Mend.NONE;
  }

  private static List<TransactionListing> transactions(Scene scene) throws NotStruckException {
    Collection<TransactionListing> all =
        Scene.answer(scene.admin().listTransactions(new ListTransactionsOptions()).all());
    List<TransactionListing> ours = new ArrayList<>();
    for (TransactionListing each : all) {
      if (scene.applicationIds().stream().anyMatch(each.transactionalId()::startsWith)) {
        ours.add(each);
      }
    }
    return ours;
  }

  static Harm.Mend killInMeasure(Scene scene, Dice dice) throws NotStruckException {
    Member member = oneOf(scene, dice, Member::measures);
    await(scene, () -> scene.oracle().records() > scene.oracle().settled());
    member.kill();
    return member::start;
  }

  static Harm.Mend killInLedger(Scene scene, Dice dice) throws NotStruckException {
    Member member = oneOf(scene, dice, Member::keepsLedger);
    await(scene, () -> !scene.oracle().sheet().isEven());
    member.kill();
    return member::start;
  }

  static Harm.Mend killInCommit(Scene scene, Dice dice) throws NotStruckException {
    Member member = oneOf(scene, dice, Member::keepsLedger);
    await(
        scene,
        () -> {
          try {
            return transactions(scene).stream().anyMatch(each -> ENDING.contains(each.state()));
          } catch (NotStruckException away) {
            return false;
          }
        });
    member.kill();
    return member::start;
  }

  static Harm.Mend killInRestore(Scene scene, Dice dice) throws NotStruckException {
    Member member = oneOf(scene, dice, Member::keepsLedger);
    member.kill();
    member.loseState();
    member.startAlone();
    scene.until("it restores", PATIENCE, () -> member.isRestoring() || !member.process().isAlive());
    member.kill();
    return member::start;
  }

  static Harm.Mend freeze(Scene scene, Dice dice) throws NotStruckException {
    Duration time = dice.millis(8000, 14_000);
    oneOf(scene, dice, member -> true).process().pause(time);
    scene.goOn(time);
    return Harm.Mend.NONE;
  }

  static Harm.Mend roll(Scene scene, Dice dice) throws NotStruckException {
    for (Member member : scene.members()) {
      member.stop();
      member.start();
      scene.until(member.name() + " is ready again", PATIENCE, member::isReady);
    }
    return Harm.Mend.NONE;
  }

  static Harm.Mend scaleOut(Scene scene, Dice dice) throws NotStruckException {
    List<Member> more = List.of(scene.add("all"), scene.add("all"));
    more.forEach(Member::start);
    scene.until("the new instances are ready", PATIENCE, scene::isReady);
    scene.goOn(dice.millis(1000, 5000));
    return () ->
        more.forEach(
            member -> {
              member.stop();
              scene.remove(member);
            });
  }

  static Member oneOf(Scene scene, Dice dice, Predicate<Member> which) throws NotStruckException {
    return dice.oneOf(
        scene.members().stream()
            .filter(member -> member.isWanted() && member.process().isAlive())
            .filter(which)
            .toList());
  }

  private interface Moment {
    boolean hasCome();
  }

  private static void await(Scene scene, Moment moment) throws NotStruckException {
    long end = System.nanoTime() + MOMENT.toNanos();
    AtomicBoolean came = new AtomicBoolean();
    scene.until(
        "the moment to strike comes",
        PATIENCE,
        () -> {
          came.set(moment.hasCome());
          return came.get() || System.nanoTime() - end >= 0;
        });
    if (!came.get()) {
      throw new NotStruckException("the moment to strike didn't come");
    }
  }
}
