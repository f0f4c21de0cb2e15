package io.proffer.master.core.allocator;

import java.util.Arrays;
import java.util.List;

/** Numbers of a parameter such as {@code 1000/50}: JMH would combine parameters of their own. */
record Size(List<Integer> numbers) {
  static Size of(String text) {
    return new Size(Arrays.stream(text.split("/", -1)).map(Integer::valueOf).toList());
  }

  int first() {
    return numbers.getFirst();
  }

  int second() {
    return numbers.get(1);
  }

  int last() {
    return numbers.getLast();
  }
}
