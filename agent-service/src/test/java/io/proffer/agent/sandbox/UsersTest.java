package io.proffer.agent.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UsersTest {
  private final Users users = new Users();

  @Test
  void anAccountHasItsNumbersAndAllItsGroups() throws IOException {
    var root = users.find("root").orElseThrow();
    assertEquals(0, root.uid());
    assertEquals(0, root.gid());
    assertTrue(root.groups().contains(0));
    assertTrue(root.spec().startsWith("0:0:"), root.spec());
  }

  @ParameterizedTest
  @ValueSource(strings = {"nobody-here", "0", "+0", "-0", "--help", "", "a b", "$(id -un)"})
  void whatIsNoNameIsNobody(String name) throws IOException {
    assertEquals(Optional.empty(), users.find(name));
  }
}
