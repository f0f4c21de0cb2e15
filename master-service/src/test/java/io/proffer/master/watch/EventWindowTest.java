package io.proffer.master.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.proffer.api.v1.master.Event;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class EventWindowTest {
  private final EventWindow window = new EventWindow(3, 10_000);

  /** Frames 2, 4, 6 and so on, one event each. */
  private void add(int count) {
    for (var i = 0; i < count; i++) {
      var number = window.newest() + 1;
      var news = new News(new Subject.Common(), Event::newBuilder, 100);
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
  void ofLargeOnesFewerAreKept() {
    add(3);
    var news = new News(new Subject.Common(), Event::newBuilder, 2000);
    window.add(new NumberedEvent("e4", 4, 8, news));
    assertInstanceOf(EventWindow.Found.Gone.class, window.at(2));
    assertInstanceOf(EventWindow.Found.Here.class, window.at(3));
    window.add(new NumberedEvent("e5", 5, 10, news));
    assertInstanceOf(EventWindow.Found.Gone.class, window.at(4));
    assertInstanceOf(EventWindow.Found.Here.class, window.at(5));
    assertEquals(OptionalLong.empty(), window.lastOf(9));
    assertEquals(OptionalLong.of(5), window.lastOf(10));
    add(1);
    assertInstanceOf(EventWindow.Found.Here.class, window.at(5));
  }

  @Test
  void oneIsKeptHoweverLargeItIs() {
    add(2);
    var news = new News(new Subject.Common(), Event::newBuilder, 1_000_000);
    window.add(new NumberedEvent("e3", 3, 6, news));
    assertInstanceOf(EventWindow.Found.Gone.class, window.at(2));
    assertInstanceOf(EventWindow.Found.Here.class, window.at(3));
    add(3);
    for (var number = 4; number <= 6; number++) {
      assertInstanceOf(EventWindow.Found.Here.class, window.at(number));
    }
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
