package io.proffer.api.limit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WrongSecretsTest {
  private final AtomicLong nanos = new AtomicLong();
  private final WrongSecrets secrets = new WrongSecrets(new Rate(1, 2), 3, nanos::get);

  private void guess(String address, int times) {
    for (var i = 0; i < times; i++) {
      secrets.count(address);
    }
  }

  @Test
  void whoGuessesTooOftenIsHeldBackAndLetInAgain() {
    guess("10.0.0.1", 2);
    assertTrue(secrets.ask("10.0.0.1").isPresent());
    nanos.addAndGet(1_000_000_000L);
    assertTrue(secrets.ask("10.0.0.1").isEmpty());
  }

  @Test
  void aCrowdOfStrangersKeepsNobodyOut() {
    for (var i = 0; i < 100; i++) {
      guess("10.0.0." + i, 5);
    }
    assertTrue(secrets.ask("192.168.0.1").isEmpty(), "one that showed nothing wrong");
    assertTrue(secrets.ask("10.0.0.99").isPresent(), "the newest of them are known");
  }
}
