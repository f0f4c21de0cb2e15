package io.proffer.master.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.master.core.fact.Explanation;
import io.proffer.master.core.fact.Finding;
import io.proffer.master.core.fact.Reason;
import io.proffer.master.core.fact.RoleExplanation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PlainExplanationTest {
  @Test
  void findingsStandUnderTheirRole() throws IOException {
    var finding =
        new Finding(
            Reason.REFUSED,
            12,
            List.of(new AgentId("S0"), new AgentId("S1")),
            new TreeMap<>(Map.of("until", "later", "refused", "cpus:1")),
            "It refused them.");
    var explanation =
        new Explanation(
            new FrameworkId("F"),
            List.of(
                new RoleExplanation("web", List.of(finding)),
                new RoleExplanation("batch", List.of())));

    var out = new ByteArrayOutputStream();
    PlainExplanation.write(explanation, out);

    assertEquals(
        """
        {"framework_id":"F","roles":[{"role":"web","findings":[{"reason":"REFUSED",\
        "sentence":"It refused them.","agents":12,"examples":["S0","S1"],\
        "details":{"refused":"cpus:1","until":"later"}}]},{"role":"batch","findings":[]}]}\
        """,
        out.toString(StandardCharsets.UTF_8));
  }
}
