package io.proffer.master.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.proffer.api.v1.master.Event;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class EventWindowTest {
  private final EventWindow window = new EventWindow(3);

  /** Frames 2, 4, 6 and so on, one event each. */
  private void add(int count) {
    for (var i = 0; i < count; i++) {
      var number = window.newest() + 1;
      var news = new News(new Subject.Common(), Event::newBuilder);
      window.add(new NumberedEvent("e" + number, number, 2 * number, news));
    }
  }

  @Test
  void nothingIsThereBeforeTheFirst() {
    assertEquals(0, window.newest());
    assertInstanceOf(EventWindow.Found.NotYet.class, window.at(1));
    assertEquals(OptionalLong.of(0), window.lastOf(17));
  }

  @Test
  void theLatestAreKeptAndOlderOnesGone() {
    add(5);
    assertInstanceOf(EventWindow.Found.Gone.class, window.at(2));
    for (var number = 3; number <= 5; number++) {
      var here = assertInstanceOf(EventWindow.Found.Here.class, window.at(number));
      assertEquals(number, here.event().number());
    }
    assertInstanceOf(EventWindow.Found.NotYet.class, window.at(6));
  }

  @Test
  void aPlaceIsTheLastEventOfThoseFrames() {
    add(3);
    assertEquals(OptionalLong.of(0), window.lastOf(1));
    assertEquals(OptionalLong.of(1), window.lastOf(2));
    assertEquals(OptionalLong.of(1), window.lastOf(3));
    assertEquals(OptionalLong.of(3), window.lastOf(100));
  }

  @Test
  void aPlaceBeforeWhatIsKeptIsNotKnown() {
    add(5);
    assertEquals(OptionalLong.of(3), window.lastOf(6));
    assertEquals(OptionalLong.empty(), window.lastOf(5));
  }
}
