package io.proffer.master.http;

import io.proffer.api.http.Answer;

/** What a master says that has more to do than it may hold. */
final class Busy {
  private Busy() {}

  /** The queue of the loop is full. */
  static Answer full() {
    return Answer.unavailable("The master has too many calls waiting: send it again later", 1);
  }

  /** No answer came in time. */
  static Answer tooLate() {
    return Answer.unavailable(
        "The master did not answer in time: the call may or may not have been carried out", 5);
  }
}
