package io.proffer.master.watch;

import io.proffer.api.v1.master.Event;
import java.util.function.Supplier;

/**
 * Something to tell, to be worded later, by another thread.
 *
 * @param subject whom it is about
 * @param words as who sees everything is told it
 */
record News(Subject subject, Supplier<Event.Builder> words) {}
