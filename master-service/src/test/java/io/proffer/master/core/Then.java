package io.proffer.master.core;

import io.proffer.api.v1.TaskStatus;
import io.proffer.kernel.Frame;
import io.proffer.master.core.effect.Effect;
import io.proffer.master.core.effect.ToFramework;
import io.proffer.master.core.event.Event;
import java.util.List;

/** What a frame holds, as tests ask for it. */
record Then(Frame<Event, Effect> frame) {
  <T extends Effect> List<T> effects(Class<T> type) {
    return frame.effects().stream().filter(type::isInstance).map(type::cast).toList();
  }

  <T extends Event> List<T> events(Class<T> type) {
    return frame.events().stream().filter(type::isInstance).map(type::cast).toList();
  }

  <T extends Effect> T effect(Class<T> type) {
    var found = effects(type);
    if (found.size() != 1) {
      throw new AssertionError("expected one " + type.getSimpleName() + " in " + frame);
    }
    return found.getFirst();
  }

  <T extends Event> T event(Class<T> type) {
    var found = events(type);
    if (found.size() != 1) {
      throw new AssertionError("expected one " + type.getSimpleName() + " in " + frame);
    }
    return found.getFirst();
  }

  List<TaskStatus> updates() {
    return effects(ToFramework.Update.class).stream().map(ToFramework.Update::status).toList();
  }

  TaskStatus update() {
    return effect(ToFramework.Update.class).status();
  }
}
