package io.proffer.agent.core.fact;

/** Why a running task is being ended. */
public enum KillCause {
  /** Its framework asked for it. */
  KILL,
  /** It ran longer than its {@code max_completion_time}. */
  MAX_COMPLETION_TIME,
  /** Its executor, its framework or the whole agent goes. */
  SHUTDOWN
}
