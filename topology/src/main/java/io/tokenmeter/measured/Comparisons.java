package io.tokenmeter.measured;

import io.tokenmeter.raw.Quantity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts side by side what was reported, counted and billed of each meter. */
final class Comparisons {
  private record Key(Meter meter, Map<String, String> dimensions) {}

  private static final class Row {
    private @Nullable Quantity reported;
    private @Nullable Quantity counted;
    private @Nullable Quantity billed;
    private @Nullable Provenance provenance;

    void found(MeterReading reading) {
      if (reading.provenance() == Provenance.REPORTED) {
        reported = reading.quantity();
      } else if (counted == null) {
        counted = reading.quantity();
      }
      if (provenance == null || reading.provenance().compareTo(provenance) < 0) {
        provenance = reading.provenance();
      }
    }
  }

  private Comparisons() {}

  static List<Comparison> of(
      List<MeterReading> request, List<MeterReading> response, List<MeterReading> billed) {
    Map<Key, Row> rows = new LinkedHashMap<>();
    response.forEach(r -> row(rows, r).found(r));
    request.forEach(r -> row(rows, r).found(r));
    for (MeterReading reading : billed) {
      Row row = row(rows, reading);
      row.billed = reading.quantity();
      row.provenance = reading.provenance();
    }
    List<Comparison> comparisons = new ArrayList<>(rows.size());
    rows.forEach(
        (key, row) ->
            comparisons.add(
                new Comparison(
                    key.meter(),
                    key.dimensions(),
                    row.reported,
                    row.counted,
                    row.billed,
                    row.provenance == null ? Provenance.ESTIMATED : row.provenance)));
    return comparisons;
  }

  private static Row row(Map<Key, Row> rows, MeterReading reading) {
    return rows.computeIfAbsent(new Key(reading.meter(), reading.dimensions()), key -> new Row());
  }
}
