package io.tokenmeter.rated.book;

import io.tokenmeter.measured.Meter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a book says in one place about one model: an entry, or a row of a table.
 *
 * @param at of the model's name
 * @param model as the book names it
 * @param aliases other names and patterns, each with its place, in the order of the file
 * @param included meters that cost nothing on purpose for this model
 * @param from first instant
 * @param until first instant at which it no longer holds; null until the model's next begins
 * @param rates at least one
 */
public record BookEntry(
    Position at,
    String model,
    Map<String, Position> aliases,
    Set<Meter> included,
    Instant from,
    @Nullable Instant until,
    List<BookRate> rates) {
  public BookEntry {
    rates = List.copyOf(rates);
  }
}
