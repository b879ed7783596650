package io.tokenmeter.proof;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What happens to the directories in which instances keep their state. */
final class StateHarm {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration CRAMPED = Duration.ofSeconds(25);
  private static final int MOST_DAMAGED = 6;
  private static final int MOST_ATTEMPTS = 3;

  private StateHarm() {}

  static Harm.Mend lose(Scene scene, Dice dice) throws NotStruckException {
    Member member = ApplicationHarm.oneOf(scene, dice, Member::keepsLedger);
    member.kill();
    member.loseState();
    return member::start;
  }

  static Harm.Mend damageAfterKill(Scene scene, Dice dice) throws NotStruckException {
    Member member = ApplicationHarm.oneOf(scene, dice, Member::keepsLedger);
    member.kill();
    damage(member.state(), dice);
    return () -> startDamaged(scene, member);
  }

  static Harm.Mend damageAfterStop(Scene scene, Dice dice) throws NotStruckException {
    Member member = ApplicationHarm.oneOf(scene, dice, Member::keepsLedger);
    member.stop();
    damage(member.state(), dice);
    return () -> startDamaged(scene, member);
  }

  /**
   * It may end by itself, and then is started again as by any supervisor. It may refuse, if it says
   * what to do about it; then that is done.
   */
  private static void startDamaged(Scene scene, Member member) {
    for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      member.startAlone();
      scene.until(
          "it is ready or refuses",
          PATIENCE,
          () -> member.isReady() || !member.process().isAlive());
      if (member.process().isAlive()) {
        member.keep();
        return;
      }
      if (member.process().output().contains("delete " + member.state())) {
        member.loseState();
        scene.refused();
      }
    }
    throw new AssertionError(
        "it refuses a damaged state without a word of what to do; " + member.process().tail());
  }

  /** As a power cut leaves them: cut short, or with zeros where something should be. */
  private static void damage(Path state, Dice dice) throws NotStruckException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(state)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int count = 1 + dice.below(MOST_DAMAGED);
    for (int i = 0; i < count; i++) {
      Path file = dice.oneOf(files);
      try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
        long from = open.length() == 0 ? 0 : dice.below((int) Math.min(open.length(), 1 << 30));
        if (dice.below(2) == 0) {
          open.setLength(from);
        } else {
          open.seek(from);
          open.write(new byte[(int) Math.min(open.length() - from, 4096)]);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  static Harm.Mend fillDisk(Scene scene, Dice dice) throws NotStruckException {
    Member member = ApplicationHarm.oneOf(scene, dice, Member::keepsLedger);
    member.stop();
    if (dice.below(2) == 0) {
      member.loseState();
    }
    member.startCramped(dice.oneOf(List.of(4L, 16L, 64L)));
    long end = System.nanoTime() + CRAMPED.toNanos();
    scene.until(
        "it is stuck", PATIENCE, () -> !member.process().isAlive() || System.nanoTime() - end >= 0);
    member.kill();
    return member::start;
  }
}
