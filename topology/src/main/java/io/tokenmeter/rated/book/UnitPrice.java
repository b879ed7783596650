package io.tokenmeter.rated.book;

import io.tokenmeter.rated.Condition;
import io.tokenmeter.rated.Rate;
import io.tokenmeter.raw.KeyMode;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/** Compares what rates charge for one unit; exact, whatever they are quoted per. */
final class UnitPrice {
  private static final String KEY_MODE = Condition.KEY_MODE.wireName();

  private UnitPrice() {}

  /** Below, at or above 0: the first charges less, as much or more for a unit. */
  static int compare(Rate one, Rate other) {
    return compare(one, other, BigDecimal.ONE);
  }

  /** The same with the other rate so many times dearer. */
  static int compare(Rate one, Rate other, BigDecimal times) {
    BigDecimal left = one.price().multiply(other.per());
    return left.compareTo(other.price().multiply(one.per()).multiply(times));
  }

  static boolean isFree(Rate rate) {
    return rate.price().signum() == 0;
  }

  /** Price and unit, for people. */
  static String shown(Rate rate) {
    return rate.price().toPlainString() + " per " + rate.per().toPlainString();
  }

  /** Whether the first is for the platform's key and the second, all else equal, for an own key. */
  static boolean platformAndOwn(Rate platform, Rate own) {
    return platform.meter() == own.meter()
        && KeyMode.PLATFORM.name().equals(platform.when().get(KEY_MODE))
        && KeyMode.OWN.name().equals(own.when().get(KEY_MODE))
        && withoutKey(platform).equals(withoutKey(own));
  }

  private static Map<String, String> withoutKey(Rate rate) {
    Map<String, String> rest = new HashMap<>(rate.when());
    rest.remove(KEY_MODE);
    return rest;
  }
}
