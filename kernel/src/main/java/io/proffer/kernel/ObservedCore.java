package io.proffer.kernel;

import java.util.OptionalLong;
import java.util.function.BiConsumer;

/**
 * A core whose frames are read together with the command they came of: only here is known whether a
 * command was good for something. The reader is called on the loop's thread, before the frame's
 * facts are stored.
 *
 * @param <C> what may be asked
 * @param <E> what became true
 * @param <F> what the world must hear
 */
public final class ObservedCore<C, E, F> implements Core<C, E, F> {
  private final Core<C, E, F> core;
  private final BiConsumer<? super C, ? super Frame<E, F>> reader;

  public ObservedCore(Core<C, E, F> core, BiConsumer<? super C, ? super Frame<E, F>> reader) {
    this.core = core;
    this.reader = reader;
  }

  @Override
  public Frame<E, F> handle(C command, Moment moment) {
    var frame = core.handle(command, moment);
    reader.accept(command, frame);
    return frame;
  }

  @Override
  public OptionalLong nextDeadlineNanos() {
    return core.nextDeadlineNanos();
  }
}
