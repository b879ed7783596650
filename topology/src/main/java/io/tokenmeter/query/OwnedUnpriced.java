package io.tokenmeter.query;

import java.util.List;
import java.util.Set;

/**
 * Models without a price, by the usages that wait in the copy that an instance writes.
 *
 * @param partitions of the journal, of which these are all there is
 * @param models each with its book, once
 * @param complete whether all usages that wait were looked at
 */
public record OwnedUnpriced(Set<Integer> partitions, List<UnpricedView> models, boolean complete) {
  public OwnedUnpriced {
    partitions = Set.copyOf(partitions);
    models = List.copyOf(models);
  }
}
