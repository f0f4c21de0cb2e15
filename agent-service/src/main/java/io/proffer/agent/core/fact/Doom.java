package io.proffer.agent.core.fact;

/** Why an executor is being ended. */
public enum Doom {
  /** Its framework, the master or the agent wants it to end. */
  SHUTDOWN,
  /** It did not subscribe in time after its launch. */
  UNREGISTERED,
  /** It did not subscribe in time after the agent was started again. */
  NOT_REREGISTERED
}
