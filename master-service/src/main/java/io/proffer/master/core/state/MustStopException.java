package io.proffer.master.core.state;

import java.util.Locale;

/** What a rule throws when the master must stop; the message says why, and what to do. */
public final class MustStopException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final double PERCENT = 100;

  private MustStopException(String message) {
    super(message);
  }

  /**
   * Too many agents of the registry have not come back.
   *
   * @param away how many
   * @param all how many there were
   * @param limit the part of them that may be away, from 0 to 1
   */
  public static MustStopException tooManyAway(int away, int all, double limit) {
    return new MustStopException(
        String.format(
            Locale.ROOT,
            "%d of %d agents that the registry knows (%.1f%%) have not come back within"
                + " --agent_reregister_timeout, and --recovery_agent_removal_limit=%s lets no"
                + " more than that be given up: see whether agents can reach this master, and"
                + " start it again; or raise the limit",
            away,
            all,
            PERCENT * away / all,
            percent(limit)));
  }

  private static String percent(double limit) {
    var percent = PERCENT * limit;
    return (percent == Math.rint(percent)
            ? Long.toString((long) percent)
            : Double.toString(percent))
        + "%";
  }
}
