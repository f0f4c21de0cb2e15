package io.proffer.agent;

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
class AgentArchitectureTest {
  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.proffer.agent");

  private static final String CORE = "io.proffer.agent.core.";
  private static final String FACT = CORE + "fact";
  private static final String COMMAND = CORE + "command";
  private static final String EVENT = CORE + "event";
  private static final String EFFECT = CORE + "effect";
  private static final String STATE = CORE + "state";
  private static final String UPDATE = CORE + "update";
  private static final String VALIDATE = CORE + "validate";
  private static final String STEP = CORE + "step";

  /** The reference's text form of durations, which tasks find in their environment. */
  private static final String DURATIONS = "io.proffer.api.flags";

  /** Values of the wire contract that cores may hold. */
  private static final String[] VALUES = {
    "io.proffer.api.v1..",
    "io.proffer.api.internal",
    "io.proffer.api.id",
    "io.proffer.api.resource",
    "io.proffer.api.task",
    "com.google.protobuf..",
    "io.proffer.kernel",
    "io.proffer.kernel.table"
  };

  static Stream<Room> rooms() {
    return Stream.concat(
        Stream.of(
            core(FACT),
            core(COMMAND, FACT),
            core(EVENT, FACT),
            core(EFFECT, FACT, COMMAND),
            core(STATE, FACT, COMMAND, EVENT, EFFECT),
            core(UPDATE, FACT, COMMAND, EVENT, EFFECT, STATE),
            core(VALIDATE, FACT),
            core(STEP, FACT, COMMAND, EVENT, EFFECT, STATE, UPDATE, VALIDATE, DURATIONS),
            core(CORE + "rule..", FACT, COMMAND, EVENT, EFFECT, STATE, UPDATE, VALIDATE, STEP),
            core("io.proffer.agent.core", "io.proffer.agent.core.."),
            shell("sandbox", ""),
            shell("http", "io.proffer.agent.[sandbox|monitor|metrics|executor]"),
            shell("container", "io.proffer.agent.sandbox"),
            shell("log", ""),
            shell("executor", "")),
        Stream.of("masterlink", "checkpoint", "fetcher", "monitor", "metrics", "host", "gc")
            .map(name -> shell(name, "")));
  }

  private static Room core(String name, String... others) {
    return room(name, Stream.of(others, VALUES).flatMap(Stream::of).toArray(String[]::new));
  }

  /** A shell touches the words of the core, libraries and the one room it is told of. */
  private static Room shell(String name, String also) {
    return room(
        "io.proffer.agent." + name + "..",
        also,
        "io.proffer.api..",
        "io.proffer.kernel..",
        FACT,
        COMMAND,
        EVENT,
        EFFECT,
        "com..",
        "io.vertx..",
        "io.netty..",
        "org..");
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
