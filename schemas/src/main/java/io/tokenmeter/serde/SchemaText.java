package io.tokenmeter.serde;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenmeter.serde.UnreadableRecordException.Kind;
import java.util.HashSet;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/** Schemas as the registry holds them: JSON text, which may refer to other subjects' schemas. */
final class SchemaText {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String JAVA_STRING = "avro.java.string";

  private final RegistryHttp http;

  SchemaText(RegistryHttp http) {
    this.http = http;
  }

  /**
   * A schema's text for the registry.
   *
   * @param withoutJava leaves out what Avro's generator adds for Java alone
   */
  static String of(Schema schema, boolean withoutJava) {
    if (!withoutJava || !schema.toString().contains(JAVA_STRING)) {
      return schema.toString();
    }
    try {
      return withoutJava(JSON.readTree(schema.toString())).toString();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Avro printed a schema that is no JSON", e);
    }
  }

  /** A string type that has nothing left but its type is written as the plain name. */
  private static JsonNode withoutJava(JsonNode node) {
    if (node.isArray()) {
      var array = JSON.createArrayNode();
      node.forEach(item -> array.add(withoutJava(item)));
      return array;
    }
    if (!(node instanceof ObjectNode object)) {
      return node;
    }
    ObjectNode copy = JSON.createObjectNode();
    object
        .properties()
        .forEach(
            field -> {
              boolean literal = "default".equals(field.getKey());
              if (!JAVA_STRING.equals(field.getKey())) {
                copy.set(
                    field.getKey(), literal ? field.getValue() : withoutJava(field.getValue()));
              }
            });
    boolean stripped = copy.size() < object.size();
    return stripped && copy.size() == 1 && copy.path("type").isTextual() ? copy.get("type") : copy;
  }

  /**
   * The schema of a registry's answer, its references resolved.
   *
   * @throws UnreadableRecordException when it is no Avro schema
   */
  Schema parse(JsonNode answer) {
    Schema.Parser parser =
        new Schema.Parser(NameValidator.NO_VALIDATION).setValidateDefaults(false);
    parseReferences(answer, parser, new HashSet<>());
    return parse(parser, answer);
  }

  private void parseReferences(JsonNode answer, Schema.Parser parser, Set<String> seen) {
    for (JsonNode reference : answer.path("references")) {
      String subject = reference.path("subject").asText();
      String path =
          "/subjects/"
              + SchemaRegistryClient.encoded(subject)
              + "/versions/"
              + reference.path("version").asInt();
      if (!seen.add(path)) {
        continue;
      }
      JsonNode target =
          http.ask(path).orElseThrow(() -> notAvro("it refers to " + path + ", which is missing"));
      parseReferences(target, parser, seen);
      parse(parser, target);
    }
  }

  private static Schema parse(Schema.Parser parser, JsonNode answer) {
    String type = answer.path("schemaType").asText("AVRO");
    if (!"AVRO".equals(type)) {
      throw notAvro("its type is " + type);
    }
    if (!answer.path("schema").isTextual()) {
      throw new RegistryRefusedException(
          "The schema registry's answer has no schema: is schema.registry.url a registry's?");
    }
    try {
      return parser.parse(answer.path("schema").textValue());
    } catch (AvroRuntimeException e) {
      throw notAvro(e.getMessage());
    }
  }

  private static UnreadableRecordException notAvro(String why) {
    return new UnreadableRecordException(
        Kind.UNREADABLE, "The registry's schema can't be used to read Avro: " + why + ".");
  }
}
