package io.proffer.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may touch whom. A room that does not exist yet holds its rule. */
class CliArchitectureTest {
  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.proffer.cli");

  private static final String API = "io.proffer.api..";
  private static final String PICOCLI = "picocli..";
  private static final String JACKSON = "com.fasterxml.jackson..";
  private static final String PROTOBUF = "com.google.protobuf..";
  private static final String VERTX = "io.vertx..";
  private static final String CLIENT = "io.proffer.cli.client";
  private static final String OPTION = "io.proffer.cli.option";

  static Stream<Room> rooms() {
    return Stream.of(
        room(CLIENT, API, JACKSON, "javax.net.ssl"),
        room(OPTION, API, PICOCLI, CLIENT),
        room("io.proffer.cli.run", API, PICOCLI, JACKSON, CLIENT, OPTION, "io.proffer.kernel"),
        room("io.proffer.cli.logs", API, PICOCLI, JACKSON, CLIENT, OPTION),
        room("io.proffer.cli.watch", API, PICOCLI, JACKSON, CLIENT, OPTION),
        room("io.proffer.cli.view", API, PICOCLI, JACKSON, CLIENT, OPTION),
        room(
            "io.proffer.cli.bench",
            API,
            PICOCLI,
            JACKSON,
            VERTX,
            CLIENT,
            "io.proffer.cli.bench.agent",
            "io.proffer.cli.bench.framework",
            "io.proffer.cli.bench.process",
            "io.proffer.cli.bench.read"),
        room("io.proffer.cli.bench.read", "io.proffer.cli.bench.framework"),
        room("io.proffer.cli.bench.agent", API, PROTOBUF, VERTX),
        room("io.proffer.cli.bench.framework", API, PROTOBUF, VERTX),
        room("io.proffer.cli.bench.process"),
        room(
            "io.proffer.cli.bench.host",
            API,
            PICOCLI,
            JACKSON,
            CLIENT,
            "io.proffer.cli.bench",
            "io.proffer.cli.bench.framework",
            "io.proffer.cli.bench.process"),
        room(
            "io.proffer.cli.local",
            API,
            PICOCLI,
            "io.proffer.cli.run",
            CLIENT,
            OPTION,
            "io.proffer.master",
            "io.proffer.agent",
            "org.apache.zookeeper.server"));
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
        .allowEmptyShould(true)
        .check(CODE);
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
