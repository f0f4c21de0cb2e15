package io.proffer.agent;

/** What becomes of tasks that an earlier run of the agent left; the words of {@code --recover}. */
public enum RecoverMode {
  /** They are taken over, and go on. */
  reconnect,
  /** They are ended, and then the agent. */
  cleanup
}
