package io.tokenmeter.query;

import io.tokenmeter.rated.ModelPrices;
import io.tokenmeter.rated.PriceCatalog;
import io.tokenmeter.rated.book.ShippedBooks;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The shipped books, published long ago. */
final class FixedPrices implements PriceReader {
  private final PriceCatalog catalog = new PriceCatalog();

  FixedPrices() {
    for (String name : ShippedBooks.NAMES) {
      ShippedBooks.read(name).prices(Instant.EPOCH).forEach(catalog::put);
    }
  }

  /** Publishes a model. */
  void put(ModelPrices model) {
    catalog.put(model);
  }

  @Override
  public List<String> books() {
    return catalog.books();
  }

  @Override
  public Iterable<ModelPrices> models(String book) {
    return catalog.models(book);
  }

  @Override
  public Optional<Found> find(String book, String model) {
    return catalog.find(book, model);
  }
}
