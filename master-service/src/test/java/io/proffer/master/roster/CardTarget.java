package io.proffer.master.roster;

import io.proffer.api.fuzz.FuzzTarget;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What comes at the port where masters tell of themselves, which anybody may write to who reaches
 * it. It is a card or none; a card has all its parts, and says the same when it is written again.
 */
public final class CardTarget implements FuzzTarget {
  @Override
  public void take(byte[] input) {
    Card.read(new String(input, StandardCharsets.UTF_8)).ifPresent(CardTarget::hold);
  }

  private static void hold(Card card) {
    for (var part :
        new String[] {card.process(), card.address(), card.hostname(), card.version()}) {
      FuzzTarget.check(part != null, "a part is missing: " + card);
    }
    FuzzTarget.check(Double.isFinite(card.started()), "no time: " + card.started());
    FuzzTarget.check(Double.isFinite(card.now()), "no time: " + card.now());
    var again = Card.read(card.text());
    FuzzTarget.check(again.filter(card::equals).isPresent(), card + " became " + again);
  }

  @Override
  public List<byte[]> seeds() {
    return FuzzTarget.texts(
        new Card("p", "127.0.0.1:5050", "h", "1.2.3", 1e9, 2e9, true).text(),
        "{}",
        "null",
        "[]",
        "{\"process\":null}",
        "{\"started\":null}",
        "{\"leads\":null,\"ready\":1}",
        "{\"started\":1e999}",
        "{\"started\":\"NaN\"}",
        "{\"process\":{\"a\":[1]},\"hostname\":3}",
        "{\"x\":" + "[".repeat(1100) + "]".repeat(1100) + "}");
  }
}
