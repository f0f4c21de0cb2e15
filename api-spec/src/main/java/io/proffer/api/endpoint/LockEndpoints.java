package io.proffer.api.endpoint;

/** What operators do about who comes in, alike at master and agent; ours, not the reference's. */
public final class LockEndpoints {
  public static final Endpoint RELOAD =
      Endpoint.action(
          "/credentials/reload",
          Access.READ_WRITE,
          "Reads the files of credentials and rules anew; what was read before stays when one is"
              + " broken.");

  private LockEndpoints() {}
}
