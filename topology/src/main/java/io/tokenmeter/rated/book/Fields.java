package io.tokenmeter.rated.book;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;

/** A mapping of which every key is known; a key that nobody reads would be a price nobody bills. */
final class Fields {
  private final String what;
  private final Position at;
  private final Map<String, Node> values;

  private Fields(String what, Position at, Map<String, Node> values) {
    this.what = what;
    this.at = at;
    this.values = values;
  }

  /** Reads a mapping whose keys are all among the allowed ones. */
  static Fields of(Node node, String what, List<String> allowed) {
    Map<String, Node> values = entries(node, what);
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        String key = Scalars.text(tuple.getKeyNode(), "a key of " + what);
        if (!allowed.contains(key)) {
          throw new InvalidBookException(
              Position.of(tuple.getKeyNode()),
              "unknown key '"
                  + Scalars.shown(key)
                  + "' in "
                  + what
                  + "; allowed: "
                  + String.join(", ", allowed));
        }
      }
    }
    return new Fields(what, Position.of(node), values);
  }

  /** Any mapping, in the order of the file; a key that comes twice is an error. */
  static Map<String, Node> entries(Node node, String what) {
    if (!(node instanceof MappingNode mapping)) {
      throw new InvalidBookException(
          Position.of(node), what + " must have keys and values, as in `key: value`");
    }
    Map<String, Node> values = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String key = Scalars.text(tuple.getKeyNode(), "a key of " + what);
      if (values.put(key, tuple.getValueNode()) != null) {
        throw new InvalidBookException(
            Position.of(tuple.getKeyNode()),
            "'" + Scalars.shown(key) + "' comes twice in " + what + "; keep one");
      }
    }
    return values;
  }

  Position at() {
    return at;
  }

  Node required(String key) {
    return optional(key)
        .orElseThrow(() -> new InvalidBookException(at, what + " has no `" + key + "`; add it"));
  }

  Optional<Node> optional(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /** The items of a list; none when the key isn't there. */
  List<Node> list(String key) {
    return optional(key).map(node -> Scalars.list(node, key)).orElse(List.of());
  }
}
