package io.proffer.agent.core.event;

import io.proffer.api.id.FrameworkId;
import io.proffer.api.v1.FrameworkInfo;

/** What became true of frameworks. */
public sealed interface FrameworkEvent extends Event {

  /** It has its first task here, or its info changed. */
  record Known(FrameworkInfo info) implements FrameworkEvent, Durable {}

  /** The master ordered its shutdown. */
  record Terminating(FrameworkId framework) implements FrameworkEvent, Durable {}

  /** It has nothing left here. */
  record Removed(FrameworkId framework) implements FrameworkEvent, Durable {}
}
