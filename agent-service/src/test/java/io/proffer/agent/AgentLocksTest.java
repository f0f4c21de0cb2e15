package io.proffer.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.flags.Flags;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class AgentLocksTest {
  private static final String READ_ONLY = "authenticate_http_readonly";
  private static final String READ_WRITE = "authenticate_http_readwrite";
  private static final String EXECUTORS = "authenticate_http_executors";

  @Test
  void eachDoorThatIsOpenToOtherHostsIsNamed() {
    assertEquals(Optional.empty(), warning(READ_ONLY, READ_WRITE, EXECUTORS));
    assertTrue(
        warning(READ_ONLY, READ_WRITE)
            .orElseThrow()
            .startsWith(
                "Listening on 10.0.0.1 without --authenticate_http_executors: whoever reaches this"
                    + " port can speak for each executor whose ids it knows. "));
    assertTrue(
        warning(EXECUTORS)
            .orElseThrow()
            .startsWith(
                "Listening on 10.0.0.1 without --authenticate_http_readonly,"
                    + " --authenticate_http_readwrite: whoever reaches this port can read the"
                    + " sandboxes of all tasks. "));
  }

  private static Optional<String> warning(String... locked) {
    var flags = new TreeMap<String, String>();
    for (var flag : locked) {
      flags.put(flag, "true");
    }
    return Flags.fill(new AgentLocks(), Map.copyOf(flags)).warning("10.0.0.1");
  }
}
