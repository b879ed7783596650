package io.tokenmeter.measured.dialect;

/**
 * Writes definitions of functions the way that OpenAI's models are believed to be shown them: as a
 * TypeScript namespace with a comment for each description. Source: the reconstruction that the
 * OpenAI developer community arrived at from models that repeat their instructions.
 */
final class ToolText {
  /** Descriptions of properties deeper than this are not shown. */
  private static final int DESCRIBED_DEPTH = 2;

  private final StringBuilder text = new StringBuilder();

  void add(ToolSchema function) {
    if (text.isEmpty()) {
      text.append("namespace functions {\n\n");
    }
    if (!function.description().isEmpty()) {
      text.append("// ").append(function.description()).append('\n');
    }
    text.append("type ").append(function.name());
    if (function.properties().isEmpty()) {
      text.append(" = () => any;\n\n");
    } else {
      text.append(" = (_: {\n");
      properties(function, 0);
      text.append("}) => any;\n\n");
    }
  }

  boolean isEmpty() {
    return text.isEmpty();
  }

  private void properties(ToolSchema object, int depth) {
    object
        .properties()
        .forEach(
            (name, property) -> {
              if (!property.description().isEmpty() && depth < DESCRIBED_DEPTH) {
                text.append("// ").append(property.description()).append('\n');
              }
              text.append(name).append(object.requires(name) ? ": " : "?: ");
              type(property, depth);
              text.append(",\n");
            });
  }

  private void type(ToolSchema schema, int depth) {
    ToolSchema items = schema.items();
    if (!schema.choices().isEmpty()) {
      boolean quoted = !schema.type().equals("number") && !schema.type().equals("integer");
      String quote = quoted ? "\"" : "";
      text.append(quote).append(String.join(quote + " | " + quote, schema.choices())).append(quote);
    } else if (!schema.properties().isEmpty()) {
      text.append("{\n");
      properties(schema, depth + 1);
      text.append('}');
    } else if (items != null) {
      type(items, depth);
      text.append("[]");
    } else {
      switch (schema.type()) {
        case "integer" -> text.append("number");
        case "array" -> text.append("any[]");
        case "" -> text.append("any");
        default -> text.append(schema.type());
      }
    }
  }

  /** The whole namespace. */
  @Override
  public String toString() {
    return text + "} // namespace functions";
  }
}
