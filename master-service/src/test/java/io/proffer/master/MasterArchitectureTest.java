package io.proffer.master;

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
class MasterArchitectureTest {
  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.proffer.master");

  private static final String CORE = "io.proffer.master.core.";
  private static final String FACT = CORE + "fact";
  private static final String COMMAND = CORE + "command";
  private static final String EVENT = CORE + "event";
  private static final String EFFECT = CORE + "effect";
  private static final String STATE = CORE + "state";
  private static final String VALIDATE = CORE + "validate..";
  private static final String AUTHORIZE = CORE + "authorize..";
  private static final String ALLOCATOR = CORE + "allocator";
  private static final String POLICY = ALLOCATOR + ".policy";
  private static final String STEP = CORE + "step..";
  private static final String WORDS = "io.proffer.master.words";
  private static final String SIGHT = "io.proffer.master.sight";

  /** Values of the wire contract that cores may hold. */
  private static final String[] VALUES = {
    "io.proffer.api.v1..",
    "io.proffer.api.acl",
    "io.proffer.api.id",
    "io.proffer.api.resource",
    "io.proffer.api.task",
    "com.google.protobuf.."
  };

  private static final String[] KERNEL = {"io.proffer.kernel", "io.proffer.kernel.table"};

  static Stream<Room> rooms() {
    return Stream.concat(
        Stream.of(
            core(FACT),
            core(COMMAND, FACT),
            core(EVENT, FACT),
            core(EFFECT, FACT, COMMAND),
            core(STATE, FACT, COMMAND, EVENT, EFFECT),
            core(ALLOCATOR, FACT, EVENT, POLICY, "com.google.re2j.."),
            core(POLICY),
            core(VALIDATE, FACT, STATE),
            core(AUTHORIZE, FACT, STATE),
            core(STEP, FACT, COMMAND, EVENT, EFFECT, STATE, VALIDATE, AUTHORIZE),
            core("io.proffer.master.core", "io.proffer.master.core.."),
            core(WORDS, FACT),
            core(SIGHT, FACT),
            room(
                "io.proffer.master.history",
                "io.proffer.kernel..",
                "io.proffer.master.registry",
                FACT,
                "org..")),
        Stream.concat(
            Stream.of("framework", "agent", "offer", "task", "role", "maintenance", "query")
                .map(MasterArchitectureTest::rule),
            Stream.of(
                    "http",
                    "stream",
                    "agentlink",
                    "registry",
                    "roster",
                    "election",
                    "metrics",
                    "log",
                    "watch")
                .map(MasterArchitectureTest::shell)));
  }

  private static Room core(String name, String... others) {
    return room(name, Stream.of(others, VALUES, KERNEL).flatMap(Stream::of).toArray(String[]::new));
  }

  /** A rule touches all of the core but another rule. */
  private static Room rule(String noun) {
    return core(
        CORE + "rule." + noun + "..",
        FACT,
        COMMAND,
        EVENT,
        EFFECT,
        STATE,
        VALIDATE,
        AUTHORIZE,
        ALLOCATOR,
        STEP);
  }

  /** A shell touches the words of the core and libraries, never another shell. */
  private static Room shell(String name) {
    return room(
        "io.proffer.master." + name + "..",
        "io.proffer.api..",
        "io.proffer.kernel..",
        FACT,
        COMMAND,
        EVENT,
        EFFECT,
        WORDS,
        SIGHT,
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
