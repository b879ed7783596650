package io.tokenmeter.proof;

/** What a fault does. */
interface Harm {
  /** What puts it right again, where it doesn't do so by itself. */
  interface Mend {
    Mend NONE = () -> {};

    void run();
  }

  /**
   * Strikes.
   *
   * @throws NotStruckException when there is nothing to strike now
   */
  Mend strike(Scene scene, Dice dice) throws NotStruckException;
}
