package io.proffer.master;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.flags.WrongFlagException;
import io.proffer.master.core.allocator.policy.FairPolicy;
import io.proffer.master.core.allocator.policy.Policy;
import io.proffer.master.core.allocator.policy.PolicyProvider;
import io.proffer.master.core.allocator.policy.RandomPolicy;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a jar with policies on the class path may say in {@code META-INF/services}. */
final class PolicyJarsTest {
  private final ClassLoader usual = Thread.currentThread().getContextClassLoader();

  @TempDir private Path jar;
  private URLClassLoader loader;

  /** Has a name of its own, and one that another policy has already. */
  public static final class Twin implements PolicyProvider {
    @Override
    public List<String> names() {
      return List.of("twin", "random");
    }

    @Override
    public Policy create(String options) {
      return new RandomPolicy();
    }
  }

  @BeforeEach
  void addJar() throws IOException {
    Files.createDirectories(jar.resolve("META-INF/services"));
    loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, usual);
    Thread.currentThread().setContextClassLoader(loader);
  }

  @AfterEach
  void removeJar() throws IOException {
    Thread.currentThread().setContextClassLoader(usual);
    loader.close();
  }

  private void provide(String className) throws IOException {
    Files.writeString(
        jar.resolve("META-INF/services").resolve(PolicyProvider.class.getName()), className);
  }

  private static Policy policy(String name) {
    return new Policies(name, "", Optional.empty(), Optional.empty()).ofRoles();
  }

  private static void assertRefused(String name, String expected) {
    var refusal = assertThrows(WrongFlagException.class, () -> policy(name));
    assertEquals("--allocator", refusal.flag());
    assertTrue(refusal.getMessage().contains(expected), refusal.getMessage());
  }

  @Test
  void aProviderThatIsNotThereIsTold() throws IOException {
    provide("org.example.Missing");
    assertRefused("mine", "A policy on the class path cannot be loaded");
    assertRefused("mine", "Provider org.example.Missing not found");
    assertRefused("hierarchical", "Provider org.example.Missing not found");
  }

  @Test
  void aProviderThatIsNoneIsTold() throws IOException {
    provide(PolicyJarsTest.class.getName());
    assertRefused("mine", "PolicyJarsTest not a subtype");
  }

  @Test
  void ofTwoWithOneNameNoneIsTaken() throws IOException {
    provide(Twin.class.getName());
    assertInstanceOf(RandomPolicy.class, policy("twin"));
    assertInstanceOf(FairPolicy.class, policy("hierarchical"));
    assertRefused("random", "Several policies on the class path have the name 'random': ");
    assertRefused("random", Twin.class.getName());
  }
}
