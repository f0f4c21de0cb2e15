package io.proffer.api.endpoint;

/**
 * Whom an endpoint lets in. All but {@link #OPEN} are realms: a service asks for credentials in
 * those that its flags lock, and a client may have to show others in another realm.
 */
public enum Access {
  /** Anybody, always: what says no more than that a service is there, and which. */
  OPEN(""),
  /** Who may see what runs. */
  READ_ONLY("readonly"),
  /** Who may change it. */
  READ_WRITE("readwrite"),
  /** Frameworks, with the calls of schedulers. */
  FRAMEWORKS("scheduler"),
  /** Executors, with the calls to their agent. */
  EXECUTORS("executor"),
  /** Agents, with what they say to their master; ours, not the reference's. */
  AGENTS("agent");

  private final String name;

  Access(String name) {
    this.name = name;
  }

  /** The name of the realm as clients are told it, for a {@code master} or an {@code agent}. */
  public String realm(String service) {
    return "mesos-" + service + "-" + name;
  }
}
