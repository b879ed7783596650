package io.tokenmeter.serde;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenmeter.topics.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Holds FULL_TRANSITIVE compatibility: each topic's schema reads what every release wrote, and
 * every release reads what it writes. The released schemas stand in {@code
 * src/released/<version>/}, one whole schema a topic; {@code mvn -pl schemas test
 * -Dtest=ReleasedSchemasTest -Dtokenmeter.release=<version>} writes them for a release.
 */
final class ReleasedSchemasTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path RELEASED =
      Path.of(System.getProperty("tokenmeter.root", ".."), "schemas", "src", "released");

  @TestFactory
  List<DynamicTest> everyReleaseReadsAndIsReadByThePresentSchemas() throws IOException {
    Map<String, Schema> present = present();
    String release = System.getProperty("tokenmeter.release", "");
    if (!release.isEmpty()) {
      write(RELEASED.resolve(release), present);
    }
    List<DynamicTest> tests = new ArrayList<>();
    for (Path version : list(RELEASED)) {
      for (Path file : list(version)) {
        String topic = file.getFileName().toString().replace(".avsc", "");
        tests.add(
            DynamicTest.dynamicTest(
                version.getFileName() + " " + topic,
                () -> {
                  assertThat(present).as("a released topic stays").containsKey(topic);
                  Schema released = new Schema.Parser().parse(file.toFile());
                  assertThat(incompatibilities(present.get(topic), released)).isEmpty();
                }));
      }
    }
    assertThat(tests).isNotEmpty();
    return tests;
  }

  @Test
  void everyTopicOfTheFirstReleaseIsThere() throws IOException {
    assertThat(list(RELEASED.resolve("0.1.0")))
        .extracting(file -> file.getFileName().toString().replace(".avsc", ""))
        .containsExactlyInAnyOrderElementsOf(present().keySet());
  }

  @Test
  void aFieldWithoutADefaultIsFoundEitherWay() {
    Schema old = usage("");
    Schema added = usage(",{\"name\":\"extra\",\"type\":\"string\"}");
    assertThat(incompatibilities(added, old))
        .singleElement()
        .asString()
        .contains("present can't read released", "READER_FIELD_MISSING_DEFAULT_VALUE");
    assertThat(incompatibilities(old, added))
        .singleElement()
        .asString()
        .contains("released can't read present", "READER_FIELD_MISSING_DEFAULT_VALUE");
  }

  @Test
  void aNewSymbolThatReadersHaveNoDefaultForIsFound() {
    Schema old = usage(",{\"name\":\"e\",\"type\":" + symbols("A") + ",\"default\":\"A\"}");
    Schema added = usage(",{\"name\":\"e\",\"type\":" + symbols("A\",\"B") + ",\"default\":\"A\"}");
    assertThat(incompatibilities(added, old))
        .singleElement()
        .asString()
        .contains("released can't read present", "MISSING_ENUM_SYMBOLS");
  }

  @Test
  void anotherScaleOfADecimalIsFound() {
    assertThat(incompatibilities(usage(decimal(12)), usage(decimal(6))))
        .contains(
            "present can't read released: R.q was written as a decimal of 6 places and would be"
                + " read as a decimal of 12 places");
    assertThat(incompatibilities(usage(decimal(12)), usage(decimal(12)))).isEmpty();
  }

  private static String decimal(int scale) {
    return ",{\"name\":\"q\",\"type\":{\"type\":\"bytes\",\"logicalType\":\"decimal\","
        + "\"precision\":38,\"scale\":"
        + scale
        + "}}";
  }

  private static String symbols(String symbols) {
    return "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"" + symbols + "\"]}";
  }

  private static Schema usage(String moreFields) {
    return new Schema.Parser()
        .parse(
            "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"id\",\"type\":\"string\"}"
                + moreFields
                + "]}");
  }

  private static List<String> incompatibilities(Schema present, Schema released) {
    List<String> found = new ArrayList<>();
    explain("present can't read released: ", present, released, found);
    explain("released can't read present: ", released, present, found);
    return found;
  }

  private static void explain(String what, Schema reader, Schema writer, List<String> found) {
    SchemaCompatibility.SchemaPairCompatibility pair =
        SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
    if (pair.getType() != SchemaCompatibilityType.COMPATIBLE) {
      found.add(what + pair.getResult().getIncompatibilities());
    }
    NumberMeanings.difference(writer, reader).ifPresent(difference -> found.add(what + difference));
  }

  private static Map<String, Schema> present() {
    Map<String, Schema> schemas = new TreeMap<>();
    for (Topics topic : Topics.values()) {
      topic.value().ifPresent(type -> schemas.put(topic.baseName(), schema(type)));
    }
    return schemas;
  }

  private static Schema schema(Class<? extends SpecificRecord> type) {
    return SpecificData.getForClass(type).getSchema(type);
  }

  private static void write(Path directory, Map<String, Schema> schemas) throws IOException {
    Files.createDirectories(directory);
    for (Map.Entry<String, Schema> schema : schemas.entrySet()) {
      Files.writeString(
          directory.resolve(schema.getKey() + ".avsc"), pretty(schema.getValue()) + "\n");
    }
  }

  private static String pretty(Schema schema) throws IOException {
    return JSON.readTree(SchemaText.of(schema, true)).toPrettyString();
  }

  private static List<Path> list(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
