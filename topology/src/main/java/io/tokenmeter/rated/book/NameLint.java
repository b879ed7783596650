package io.tokenmeter.rated.book;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds a name that two models claim. */
final class NameLint {
  private NameLint() {}

  static void check(List<ModelPeriods> models, List<Finding> findings) {
    Map<String, String> owners = new HashMap<>();
    models.forEach(model -> owners.put(model.model(), model.model()));
    for (ModelPeriods model : models) {
      model
          .aliases()
          .forEach(
              (alias, at) -> {
                String owner = owners.putIfAbsent(alias, model.model());
                if (owner != null && !owner.equals(model.model())) {
                  findings.add(
                      Finding.error(
                          at,
                          "alias '"
                              + alias
                              + "' of "
                              + model.model()
                              + " already names "
                              + owner
                              + "; keep it with one of them"));
                }
              });
    }
  }
}
