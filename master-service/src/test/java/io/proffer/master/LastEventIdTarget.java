package io.proffer.master;

import io.proffer.api.fuzz.FuzzTarget;
import io.proffer.api.id.AgentId;
import io.proffer.kernel.Frame;
import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.watch.OperatorStreams;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * {@code Last-Event-ID} of who comes back to watch. It leads to the event that has this id, which
 * is of this run, has been, and has all that follow it still kept: else somebody would miss some.
 */
public final class LastEventIdTarget implements FuzzTarget {
  private static final String RUN = "0b2c-1f";
  private static final int KEPT = 8;
  private static final int EVENTS = 20;
  private static final Pattern NUMBER = Pattern.compile("0*([0-9]{1,9})");

  private final OperatorStreams streams =
      new OperatorStreams(
          Duration.ofSeconds(15), RUN, new OperatorStreams.Limits(KEPT, Long.MAX_VALUE, 1, 1));

  public LastEventIdTarget() {
    for (var i = 0; i < EVENTS; i++) {
      streams.accept(
          new Frame<>(List.of(new AgentEvent.Removed(new AgentId("a-" + i))), List.of()));
    }
  }

  @Override
  public void take(byte[] input) {
    var id = new String(input, StandardCharsets.ISO_8859_1);
    var place = streams.place(id);
    var number = id.startsWith(RUN + "-") ? NUMBER.matcher(id.substring(RUN.length() + 1)) : null;
    if (place.isPresent()) {
      FuzzTarget.check(number != null && number.matches(), "of another run: " + id);
      FuzzTarget.check(
          place.getAsLong() == Long.parseLong(number.group(1)), id + " is not " + place);
      FuzzTarget.check(place.getAsLong() <= EVENTS, id + " has not been yet");
      FuzzTarget.check(place.getAsLong() >= EVENTS - KEPT, "what follows " + id + " is gone");
    }
    for (var known = EVENTS - KEPT; known <= EVENTS; known++) {
      FuzzTarget.check(
          !id.equals(streams.id(known)) || place.orElse(-1) == known, id + " is not found");
    }
  }

  @Override
  public List<byte[]> seeds() {
    return FuzzTarget.texts(
        RUN + "-20",
        RUN + "-12",
        RUN + "-11",
        RUN + "-21",
        RUN + "-0",
        RUN + "-0020",
        RUN + "--20",
        RUN + "-999999999999999999",
        RUN + "-9999999999999999999",
        RUN + "-\u0662\u0660",
        RUN + "-",
        "0b2c-20",
        "x" + RUN + "-20",
        "20",
        "-",
        "-".repeat(9_000) + "1");
  }
}
