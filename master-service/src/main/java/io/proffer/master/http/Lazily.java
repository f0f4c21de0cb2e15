package io.proffer.master.http;

import java.util.Iterator;
import java.util.function.Function;

/** Rows that are worded when they are written, and not before. */
final class Lazily {
  private Lazily() {}

  static <A, B> Iterable<B> map(Iterable<A> rows, Function<? super A, ? extends B> word) {
    return () -> {
      var inner = rows.iterator();
      return new Iterator<B>() {
        @Override
        public boolean hasNext() {
          return inner.hasNext();
        }

        @Override
        public B next() {
          return word.apply(inner.next());
        }
      };
    };
  }
}
