package io.tokenmeter.query;

import java.util.List;

/**
 * What usages of all organisations wait for a price of.
 *
 * @param models those that most wait for first
 * @param complete whether all usages that wait were looked at; more wait than are told where not
 */
public record UnpricedModelsView(List<UnpricedView> models, boolean complete) {
  public UnpricedModelsView {
    models = List.copyOf(models);
  }
}
