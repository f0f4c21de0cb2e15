package io.proffer.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class BasketTest {
  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text.replace('\'', '"'));
  }

  private static JsonNode offer(String... resources) throws IOException {
    return json("{'resources':[" + String.join(",", resources) + "]}");
  }

  private static String scalar(String name, double value, String more) {
    return "{'name':'" + name + "','type':'SCALAR','scalar':{'value':" + value + "}" + more + "}";
  }

  @Test
  void tasksAreCutOutUntilTheOfferIsUsedUp() throws IOException {
    var basket = new Basket(offer(scalar("cpus", 0.3, ""), scalar("mem", 1000, "")));
    var need = Scalars.parse("cpus:0.1;mem:32");
    for (int i = 0; i < 3; i++) {
      assertEquals(2, basket.take(need).orElseThrow().size());
    }
    assertTrue(basket.take(need).isEmpty());
  }

  @Test
  void piecesKeepTheirReservationAndAreJoined() throws IOException {
    var basket =
        new Basket(
            offer(
                scalar("cpus", 1, ",'reservations':[{'role':'r'}]"),
                scalar("cpus", 1, ",'allocation_info':{'role':'r'}")));
    var taken = basket.take(Scalars.parse("cpus:1.5")).orElseThrow();
    assertEquals(2, taken.size());
    assertEquals(1.0, taken.get(0).path("scalar").path("value").asDouble());
    assertTrue(taken.get(0).has("reservations"));
    assertEquals(0.5, taken.get(1).path("scalar").path("value").asDouble());
    assertTrue(taken.get(1).has("allocation_info"));
  }

  @Test
  void revocableResourcesAndOwnDisksAreLeftAlone() throws IOException {
    var basket =
        new Basket(
            offer(
                scalar("cpus", 9, ",'revocable':{}"), scalar("disk", 9, ",'disk':{'source':{}}")));
    assertTrue(basket.take(Scalars.parse("cpus:1")).isEmpty());
    assertTrue(basket.take(Scalars.parse("disk:1")).isEmpty());
  }
}
