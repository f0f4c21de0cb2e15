package io.proffer.master;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.endpoint.Access;
import io.proffer.api.flags.Flags;
import io.proffer.api.flags.WrongFlagException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a master shows to agents is shown to those alone that it knows. */
class MasterLocksTest {
  @TempDir Path directory;

  private MasterLocks locks(Map<String, String> more) throws IOException {
    var file = Files.writeString(directory.resolve("credentials"), "agent secret\n").toString();
    var flags = new LinkedHashMap<String, String>();
    flags.put("credentials", file);
    flags.put("agent_http_credential", file);
    flags.putAll(more);
    return Flags.fill(new MasterConfig(), flags).locks();
  }

  @ParameterizedTest
  @ValueSource(strings = {"authenticate_agents", "authenticate_http_readonly"})
  void oneLockAloneIsNotEnough(String flag) throws IOException {
    var locks = locks(Map.of(flag, "true"));
    var keyring = locks.keyring();

    var refused = assertThrows(WrongFlagException.class, () -> locks.door(keyring));

    assertTrue(
        refused
            .getMessage()
            .contains("Expected --authenticate_agents and --authenticate_http_readonly beside it"),
        refused.getMessage());
  }

  @Test
  void bothAre() throws IOException {
    var locks = locks(Map.of("authenticate_agents", "true", "authenticate_http_readonly", "true"));
    var door = locks.door(locks.keyring());

    assertEquals(true, door.locks(Access.AGENTS));
  }
}
