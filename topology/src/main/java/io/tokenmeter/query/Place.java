package io.tokenmeter.query;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where an organisation's state is, as far as this instance knows. */
public sealed interface Place {
  /**
   * Partitions are assigned.
   *
   * @param partition the journal's partition that the organisation is in
   * @param activeInstance who writes it; null when no live instance does
   * @param standbys who else holds a copy, in no order
   */
  record Assigned(int partition, @Nullable Instance activeInstance, List<Instance> standbys)
      implements Place {
    public Assigned {
      standbys = List.copyOf(standbys);
    }

    /** Who writes it; empty when no live instance does. */
    public Optional<Instance> owner() {
      return Optional.ofNullable(activeInstance);
    }
  }

  /** Nobody can tell: partitions are being assigned. It passes within seconds. */
  record Unassigned() implements Place {}
}
