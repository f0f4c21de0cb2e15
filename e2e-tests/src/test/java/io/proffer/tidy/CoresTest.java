package io.proffer.tidy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A core decides the same each time: nothing in it asks the outside or depends on chance. */
class CoresTest {
  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.proffer.master.core", "io.proffer.agent.core");

  private static final Set<String> OUTSIDE =
      Set.of(
          "now",
          "nanoTime",
          "currentTimeMillis",
          "random",
          "randomUUID",
          "parallelStream",
          "parallel");

  /** Where these live, their order may change from run to run. */
  private static final Map<String, String> UNORDERED =
      Map.of(
          "java.util.Map", "of|ofEntries|copyOf",
          "java.util.Set", "of|copyOf",
          "java.util.HashMap", "<init>|newHashMap",
          "java.util.HashSet", "<init>|newHashSet",
          "java.util.IdentityHashMap", "<init>",
          "java.util.stream.Collectors",
              "toSet|toUnmodifiableSet|toUnmodifiableMap|groupingByConcurrent|toConcurrentMap");

  private static GivenClassesConjunction cores() {
    return noClasses()
        .that()
        .resideInAnyPackage("io.proffer.master.core..", "io.proffer.agent.core..");
  }

  @Test
  void coresAskForNeitherTimeNorChanceNorThreads() {
    cores()
        .should()
        .accessTargetWhere(describe("the outside", access -> OUTSIDE.contains(access.getName())))
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching(
            "java\\.util\\.Random|java\\.util\\.SplittableRandom|java\\.security\\.SecureRandom"
                + "|java\\.util\\.concurrent\\.ThreadLocalRandom|java\\.lang\\.Thread"
                + "|java\\.util\\.concurrent\\..*Execut.*|java\\.util\\.concurrent\\.locks\\..*"
                + "|org\\.slf4j\\..*|java\\.lang\\.System\\.Logger|java\\.util\\.logging\\..*")
        .check(CODE);
  }

  @Test
  void coresBuildNoCollectionWhoseOrderChangesFromRunToRun() {
    cores()
        .should()
        .accessTargetWhere(
            describe(
                "a collection without an order",
                access ->
                    access
                        .getName()
                        .matches(UNORDERED.getOrDefault(access.getTargetOwner().getName(), ""))))
        .check(CODE);
  }

  private static DescribedPredicate<JavaAccess<?>> describe(
      String what, java.util.function.Predicate<JavaAccess<?>> test) {
    return DescribedPredicate.describe(what, test);
  }
}
