package io.proffer.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may touch whom. */
class ApiArchitectureTest {
  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.proffer.api");

  private static final String PROTOBUF = "com.google.protobuf..";
  private static final String MESSAGES = "io.proffer.api.v1..";
  private static final String GENERATED = "io\\.proffer\\.api\\.(v1|internal)(\\..*)?";
  private static final String VERTX = "io.vertx..";

  static Stream<Room> rooms() {
    return Stream.of(
        room("io.proffer.api.id..", PROTOBUF, MESSAGES),
        room("io.proffer.api.acl..", "com.fasterxml.jackson.core..", "io.proffer.api.flags.."),
        room(
            "io.proffer.api.auth..",
            "io.proffer.api.acl..",
            "javax.crypto..",
            "com.fasterxml.jackson.core..",
            "io.proffer.api.flags.."),
        room(
            "io.proffer.api.tls..",
            "javax.net.ssl..",
            "javax.security.auth.x500..",
            "picocli..",
            "io.proffer.api.auth..",
            "io.proffer.api.flags.."),
        room("io.proffer.api.json..", PROTOBUF, MESSAGES, "com.fasterxml.jackson.core.."),
        room("io.proffer.api.log.."),
        room("io.proffer.api.recordio.."),
        room("io.proffer.api.version..", PROTOBUF, MESSAGES),
        room("io.proffer.api.resource..", PROTOBUF, MESSAGES, "io.proffer.api.json.."),
        room("io.proffer.api.task..", MESSAGES, "io.proffer.api.id.."),
        room(
            "io.proffer.api.legacy..",
            PROTOBUF,
            MESSAGES,
            "io.proffer.api.json..",
            "io.proffer.api.resource..",
            "io.proffer.api.task..",
            "com.fasterxml.jackson.core.."),
        room("io.proffer.api.endpoint..", PROTOBUF, MESSAGES, "io.proffer.api.internal.."),
        room("io.proffer.api.flags..", "picocli.."),
        room(
            "io.proffer.api.zookeeper..",
            PROTOBUF,
            MESSAGES,
            "io.proffer.api.json..",
            "io.proffer.api.tls..",
            "com.fasterxml.jackson.core..",
            "org.apache.curator..",
            "org.apache.zookeeper..",
            "org.slf4j.."),
        room(
            "io.proffer.api.audit..",
            PROTOBUF,
            "io.proffer.api.flags..",
            "com.fasterxml.jackson.core..",
            "picocli..",
            "org.slf4j.."),
        room(
            "io.proffer.api.limit..",
            MESSAGES,
            PROTOBUF,
            "io.proffer.api.flags..",
            "io.proffer.api.json..",
            "picocli.."),
        room(
            "io.proffer.api.guard..",
            "io.proffer.api.audit..",
            "io.proffer.api.auth..",
            "io.proffer.api.http..",
            "io.proffer.api.limit..",
            "io.proffer.api.tls..",
            "picocli.."),
        room(
            "io.proffer.api.trace..",
            "io.proffer.api.flags..",
            "io.proffer.api.log..",
            "io.proffer.api.tls..",
            "javax.net.ssl..",
            "com.fasterxml.jackson.core..",
            "picocli..",
            "org.slf4j.."),
        room(
            "io.proffer.api.metrics..",
            "io.proffer.api.flags..",
            "io.proffer.api.json..",
            "io.proffer.api.audit..",
            "io.proffer.api.http..",
            "io.proffer.api.limit..",
            "io.proffer.api.trace..",
            "com.fasterxml.jackson.core..",
            VERTX,
            "io.netty..",
            "io.micrometer..",
            "io.prometheus.."),
        room(
            "io.proffer.api.files..",
            PROTOBUF,
            MESSAGES,
            "io.proffer.api.http..",
            "io.proffer.api.json..",
            "com.fasterxml.jackson.core.."),
        room(
            "io.proffer.api.process..",
            "io.proffer.api.acl..",
            "io.proffer.api.auth..",
            "io.proffer.api.flags..",
            "io.proffer.api.http..",
            "io.proffer.api.json..",
            "com.fasterxml.jackson.core..",
            "ch.qos.logback..",
            "picocli..",
            "org.slf4j.."),
        room(
            "io.proffer.api.openapi..",
            PROTOBUF,
            MESSAGES,
            "io.proffer.api.endpoint..",
            "io.proffer.api.json..",
            "com.fasterxml.jackson.."),
        room(
            "io.proffer.api.http..",
            PROTOBUF,
            MESSAGES,
            "io.proffer.api.audit..",
            "io.proffer.api.acl..",
            "io.proffer.api.auth..",
            "io.proffer.api.endpoint..",
            "io.proffer.api.flags..",
            "io.proffer.api.json..",
            "io.proffer.api.limit..",
            "io.proffer.api.recordio..",
            "io.proffer.api.tls..",
            VERTX,
            "io.netty..",
            "org.slf4j.."));
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void eachRoomTouchesOnlyWhatTheTableAllows(Room room) {
    classes()
        .that()
        .resideInAPackage(room.name())
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(room.allowed())
        .check(CODE);
  }

  @Test
  void everyRoomHasItsLine() {
    var lines = rooms().map(Room::name).sorted().toList();
    var found =
        CODE.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> !name.equals("io.proffer.api") && !name.matches(GENERATED))
            .map(name -> name + "..")
            .distinct()
            .sorted()
            .toList();

    assertEquals(lines, found);
  }

  @Test
  void roomsHaveNoCycles() {
    slices().matching("io.proffer.(**)").should().beFreeOfCycles().check(CODE);
  }

  private static Room room(String name, String... others) {
    return new Room(name, List.of(others));
  }

  /** One line of the table; a room may always touch itself and the JDK. */
  private record Room(String name, List<String> others) {
    String[] allowed() {
      return Stream.concat(Stream.of(name, "java.."), others.stream()).toArray(String[]::new);
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
