package io.tokenmeter;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which stage may know which: the path of a record, top to bottom. */
@AnalyzeClasses(packages = "io.tokenmeter", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] RULES = {
    "io.tokenmeter.raw..",
    "io.tokenmeter.measured..",
    "io.tokenmeter.rated..",
    "io.tokenmeter.ledger..",
    "io.tokenmeter.events.."
  };

  @ArchTest
  static final ArchRule stagesKnowOnlyTheStagesBeforeThem =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("raw")
          .definedBy("io.tokenmeter.raw..")
          .layer("measured")
          .definedBy("io.tokenmeter.measured..")
          .layer("rated")
          .definedBy("io.tokenmeter.rated..")
          .layer("ledger")
          .definedBy("io.tokenmeter.ledger..")
          .layer("events")
          .definedBy("io.tokenmeter.events..")
          .layer("wire")
          .definedBy("io.tokenmeter.wire..")
          .layer("stream")
          .definedBy("io.tokenmeter.stream..")
          .layer("ingest")
          .definedBy("io.tokenmeter.ingest..")
          .layer("query")
          .definedBy("io.tokenmeter.query..")
          .layer("embedded")
          .definedBy("io.tokenmeter.embedded..")
          .layer("app")
          .definedBy("io.tokenmeter.app..")
          .whereLayer("app")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("embedded")
          .mayOnlyBeAccessedByLayers("app")
          .whereLayer("query")
          .mayOnlyBeAccessedByLayers("app")
          .whereLayer("ingest")
          .mayOnlyBeAccessedByLayers("query", "app")
          .whereLayer("stream")
          .mayOnlyBeAccessedByLayers("query", "app")
          .whereLayer("wire")
          .mayOnlyBeAccessedByLayers("stream", "ingest", "query", "app")
          .whereLayer("events")
          .mayOnlyBeAccessedByLayers("stream", "query", "app")
          .whereLayer("ledger")
          .mayOnlyBeAccessedByLayers("events", "wire", "stream", "query", "app")
          .whereLayer("rated")
          .mayOnlyBeAccessedByLayers("ledger", "events", "wire", "stream", "ingest", "query", "app")
          .whereLayer("measured")
          .mayOnlyBeAccessedByLayers(
              "rated", "ledger", "events", "wire", "stream", "ingest", "query", "app");

  @ArchTest
  static final ArchRule rulesArePureJava =
      noClasses()
          .that()
          .resideInAnyPackage(RULES)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.kafka..", "org.apache.avro..", "io.javalin..", "io.tokenmeter.schema..")
          .because("measuring, rating and the ledger are tested without a broker");

  @ArchTest
  static final ArchRule rulesReadNoClock =
      noClasses()
          .that()
          .resideInAnyPackage(RULES)
          .should()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(java.time.LocalDate.class, "now")
          .orShould()
          .callMethod(java.time.ZonedDateTime.class, "now")
          .because("the same journal gives the same charges, whenever it is read");

  @ArchTest
  static final ArchRule onlyTheStreamAndTheAppKnowKafkaStreams =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.tokenmeter.stream..", "io.tokenmeter.query..", "io.tokenmeter.app..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.kafka.streams..");

  @ArchTest
  static final ArchRule moneyIsNeverAFloatingPointField =
      fields()
          .that()
          .areDeclaredInClassesThat()
          .resideInAnyPackage("io.tokenmeter.rated..", "io.tokenmeter.ledger..")
          .should()
          .notHaveRawType(double.class)
          .andShould()
          .notHaveRawType(float.class);

  @ArchTest
  static final ArchRule moneyIsNeverAFloatingPointResult =
      methods()
          .that()
          .areDeclaredInClassesThat()
          .resideInAnyPackage("io.tokenmeter.rated..", "io.tokenmeter.ledger..")
          .should()
          .notHaveRawReturnType(double.class)
          .andShould()
          .notHaveRawReturnType(float.class);

  @ArchTest
  static final ArchRule namesSayWhatAClassIsFor =
      classes()
          .should()
          .haveNameNotMatching(".*(Utils?|Helper|Impl|Manager|Abstract[A-Z]\\w*|Base[A-Z]\\w*)$");
}
