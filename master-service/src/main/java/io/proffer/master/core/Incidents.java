package io.proffer.master.core;

import io.proffer.master.core.command.Command;

/**
 * Hears of rules that threw: a bug, whose command was undone. The shell logs and counts it.
 *
 * <p>Called on the loop's thread; must not block or throw.
 */
@FunctionalInterface
public interface Incidents {
  /**
   * A rule threw, and its turn was undone.
   *
   * @param incident the id the caller was told
   */
  void happened(String incident, Command command, Throwable cause);
}
