package io.proffer.master.roster;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log which masters have another time than this one; once, until it is mended. */
final class ClockWatch {
  private static final Logger LOG = LoggerFactory.getLogger("io.proffer.master");

  /**
   * So many looks in a row must see it: a master that was stopped for a while hears what was said
   * meanwhile all at once, and late.
   */
  private static final int SURE = 3;

  private final Map<String, Integer> seen = new HashMap<>();
  private final Set<String> told = new HashSet<>();

  void look(List<Roster.Member> members) {
    for (var member : members) {
      var address = member.card().address();
      if (member.warning().isEmpty()) {
        seen.remove(address);
        if (told.remove(address)) {
          LOG.info("The clock of the master at {} agrees with this one's again", address);
        }
      } else if (seen.merge(address, 1, Integer::sum) >= SURE && told.add(address)) {
        LOG.warn(member.warning().get());
      }
    }
  }

  /** What is wrong with a clock that goes so far ahead of this one's, or behind it. */
  static String sentence(String address, Duration ahead) {
    return "The clock of the master at %s is %d seconds %s this one's, and all that has a time changes with the leader: maintenance windows, the times of tasks, whether certificates are valid. Have all hosts follow a time server (chrony, systemd-timesyncd)"
        .formatted(address, ahead.abs().toSeconds(), ahead.isNegative() ? "behind" : "ahead of");
  }
}
