package io.tokenmeter.rated;

import io.tokenmeter.rated.PriceLookup.Found;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One book's models by name, alias and pattern. A change only drops the index; the next look-up
 * builds it, so that loading a thousand models costs one build.
 */
final class BookIndex {
  private final TreeMap<String, ModelPrices> models = new TreeMap<>();
  private volatile @Nullable Index index;

  synchronized void put(ModelPrices prices) {
    models.put(prices.model(), prices);
    index = null;
  }

  synchronized void remove(String model) {
    models.remove(model);
    index = null;
  }

  synchronized Collection<ModelPrices> models() {
    return List.copyOf(models.values());
  }

  Optional<Found> find(String name) {
    Index current = index;
    return (current == null ? built() : current).find(name);
  }

  private synchronized Index built() {
    Index current = index;
    if (current == null) {
      current = new Index(models.values());
      index = current;
    }
    return current;
  }

  /** Never changed once built. */
  private static final class Index {
    private final Map<String, Found> exact = new HashMap<>();
    private final Map<String, Found> byPrefix = new HashMap<>();
    private final int[] prefixLengths;

    Index(Collection<ModelPrices> models) {
      models.forEach(m -> add(m, m.model()));
      models.forEach(m -> m.aliases().forEach(alias -> add(m, alias)));
      prefixLengths =
          byPrefix.keySet().stream()
              .map(String::length)
              .distinct()
              .sorted(Comparator.reverseOrder())
              .mapToInt(Integer::intValue)
              .toArray();
    }

    private void add(ModelPrices prices, String name) {
      Found found = new Found(prices, name);
      if (name.endsWith("*")) {
        byPrefix.putIfAbsent(name.substring(0, name.length() - 1), found);
      } else {
        exact.putIfAbsent(name, found);
      }
    }

    Optional<Found> find(String name) {
      Found found = exact.get(name);
      if (found != null) {
        return Optional.of(found);
      }
      for (int length : prefixLengths) {
        Found byPattern = length <= name.length() ? byPrefix.get(name.substring(0, length)) : null;
        if (byPattern != null) {
          return Optional.of(byPattern);
        }
      }
      return Optional.empty();
    }
  }
}
