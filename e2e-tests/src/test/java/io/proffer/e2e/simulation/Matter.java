package io.proffer.e2e.simulation;

import java.util.List;

/** Something that an operator rules on, again and again. */
interface Matter {
  /** Gives an order, or asks what is in force, unless an answer is still under way. */
  void goOn();

  /** Gives no order any more but what puts an end to those before, and looks whether it did. */
  void wrapUp();

  /** What is not yet as it should be in the end. */
  List<String> openEnds();
}
