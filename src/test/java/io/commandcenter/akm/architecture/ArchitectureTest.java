package io.commandcenter.akm.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.commandcenter.akm.core.crypto.Secret;
import io.vertx.core.eventbus.EventBus;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The directions between rooms. Plain tests, because annotated rules have run zero times under
 * Surefire; each rule was seen failing once with a forbidden import put in.
 */
class ArchitectureTest {
  private static final String ROOT = "io.commandcenter.akm.";
  private static final List<String> ROOMS =
      List.of(
          "vault",
          "access",
          "router",
          "health",
          "usage",
          "mcp",
          "admin",
          "gateway",
          "simulator",
          "cli");

  private static JavaClasses classes;

  @BeforeAll
  static void read() {
    classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.commandcenter.akm");
  }

  @Test
  void roomsNeverImportEachOther() {
    for (var room : ROOMS) {
      var others =
          ROOMS.stream()
              .filter(other -> !other.equals(room))
              .map(ArchitectureTest::room)
              .toArray(String[]::new);
      // The command line's demo starts the simulator and the service: that is its job.
      if (!room.equals("cli")) {
        check(
            noClasses()
                .that()
                .resideInAPackage(room(room))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others));
      }
    }
  }

  @Test
  void coreHasNoVertxAndNoInputOrOutput() {
    check(
        noClasses()
            .that()
            .resideInAPackage(room("core"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "io.vertx..",
                "io.netty..",
                "java.net.http..",
                "java.nio.file..",
                "java.sql..",
                "org.slf4j.."));
  }

  @Test
  void coreDependsOnNoRoomAndNoContract() {
    check(
        noClasses()
            .that()
            .resideInAPackage(room("core"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                rooms("contract", "exchange", "bus", "config", "store", "provider", "http")));
  }

  @Test
  void coreNeverReadsTheClock() {
    check(
        noClasses()
            .that()
            .resideInAPackage(room("core"))
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime"));
  }

  @Test
  void theContractKnowsOnlyCore() {
    check(
        noClasses()
            .that()
            .resideInAPackage(room("contract"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(rooms("bus", "config", "store", "provider", "http")));
  }

  @Test
  void theExchangeKnowsOnlyCoreAndTheContract() {
    check(
        noClasses()
            .that()
            .resideInAPackage(room("exchange"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(rooms("bus", "config", "store", "provider", "http")));
  }

  @Test
  void onlyTheBusRoomUsesTheEventBus() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(room("bus"))
            .should()
            .dependOnClassesThat()
            .areAssignableTo(EventBus.class));
  }

  @Test
  void onlyTheStoreSpeaksSql() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(room("store"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "io.vertx.sqlclient..", "io.vertx.jdbcclient..", "java.sql..", "org.sqlite.."));
  }

  @Test
  void aSecretIsOpenedOnlyByCryptoVaultAndProvider() {
    check(
        noClasses()
            .that(resideOutside("core.crypto", "vault", "provider"))
            .should()
            .callMethod(Secret.class, "use", Function.class));
  }

  @Test
  void everyVerticleIsNamedAfterItsRoom() {
    check(
        classes()
            .that()
            .areAssignableTo(io.vertx.core.VerticleBase.class)
            .should()
            .haveSimpleNameEndingWith("Verticle"));
  }

  private static DescribedPredicate<JavaClass> resideOutside(String... rooms) {
    var packages = rooms(rooms);
    return describe(
        "reside outside of " + String.join(", ", rooms),
        type ->
            java.util.Arrays.stream(packages)
                .noneMatch(room -> JavaClass.Predicates.resideInAPackage(room).test(type)));
  }

  private static String room(String name) {
    return ROOT + name + "..";
  }

  private static String[] rooms(String... names) {
    return java.util.Arrays.stream(names).map(ArchitectureTest::room).toArray(String[]::new);
  }

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(classes);
  }
}
