package io.proffer.kernel;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who may touch whom, and that nothing here asks the outside but the shells named for it. */
final class KernelArchitectureTest {
  private static final int LONGEST_FILE = 400;

  private static final JavaClasses KERNEL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.proffer.kernel");

  @Test
  void theLoopKnowsTheJdkOnly() {
    classes()
        .that()
        .resideInAPackage("io.proffer.kernel")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.proffer.kernel", "java.lang..", "java.nio.charset", "java.time", "java.util..")
        .check(KERNEL);
  }

  @Test
  void tablesKnowTheUndoOnly() {
    classes()
        .that()
        .resideInAPackage("io.proffer.kernel.table")
        .should()
        .onlyDependOnClassesThat()
        .haveNameMatching("io\\.proffer\\.kernel\\.(table\\..*|Undo)|java\\.(lang|util)\\..*|\\[.*")
        .check(KERNEL);
  }

  @Test
  void theJournalOnSqliteAloneKnowsSqlite() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.proffer.kernel.sqlite")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.sqlite..", "java.sql..", "io.proffer.kernel.sqlite")
        .check(KERNEL);
    classes()
        .that()
        .resideInAPackage("io.proffer.kernel.sqlite")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.proffer.kernel", "io.proffer.kernel.sqlite", "org.sqlite..", "java..")
        .check(KERNEL);
  }

  @Test
  void roomsHaveNoCycles() {
    slices().matching("io.proffer.(**)").should().beFreeOfCycles().check(KERNEL);
  }

  @Test
  void onlyTheClockReadsTheTimeAndOnlyTheIdsAreRandom() {
    noClasses()
        .that()
        .doNotHaveSimpleName("SystemClock")
        .and()
        .doNotHaveSimpleName("RandomIds")
        .should()
        .accessTargetWhere(
            DescribedPredicate.describe(
                "asks for time or randomness",
                access ->
                    Set.of("now", "nanoTime", "currentTimeMillis", "randomUUID", "random")
                            .contains(access.getName())
                        || isOneOf(
                            access,
                            "java.util.Random",
                            "java.util.concurrent.ThreadLocalRandom",
                            "java.security.SecureRandom")))
        .check(KERNEL);
  }

  @Test
  void onlyTheLoopAndTheJournalOnSqliteHaveThreads() {
    noClasses()
        .that()
        .doNotHaveSimpleName("Loop")
        .and()
        .doNotHaveSimpleName("SqliteJournal")
        .should()
        .dependOnClassesThat()
        .haveNameMatching("java\\.lang\\.Thread.*|java\\.util\\.concurrent\\..*Executor.*")
        .check(KERNEL);
  }

  @Test
  void nothingHasAnOrderThatChangesFromRunToRun() {
    noClasses()
        .should()
        .accessTargetWhere(
            DescribedPredicate.describe(
                "builds a collection without an order",
                access ->
                    (isOneOf(access, "java.util.HashMap", "java.util.HashSet")
                            && access.getName().equals("<init>"))
                        || (isOneOf(access, "java.util.Map", "java.util.Set")
                            && access.getName().matches("of|copyOf|ofEntries"))
                        || access.getName().equals("toSet")))
        .check(KERNEL);
  }

  @Test
  void filesStayShortAndEveryRoomSaysWhatItIsFor() throws IOException {
    for (var root : List.of(Path.of("src/main/java"), Path.of("src/test/java"))) {
      try (var files = Files.walk(root)) {
        for (var file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          var lines = Files.readAllLines(file).size();
          assertTrue(lines <= LONGEST_FILE, file + " has " + lines + " lines");
        }
      }
    }
    try (var rooms = Files.walk(Path.of("src/main/java"))) {
      var silent =
          rooms
              .filter(Files::isDirectory)
              .filter(KernelArchitectureTest::holdsCode)
              .filter(room -> !Files.exists(room.resolve("package-info.java")))
              .toList();
      assertEquals(List.of(), silent);
    }
  }

  private static boolean holdsCode(Path room) {
    try (var files = Files.list(room)) {
      return files.anyMatch(file -> file.toString().endsWith(".java"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isOneOf(JavaAccess<?> access, String... names) {
    return List.of(names).contains(access.getTargetOwner().getName());
  }
}
