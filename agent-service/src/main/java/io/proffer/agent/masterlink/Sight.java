package io.proffer.agent.masterlink;

import io.proffer.api.zookeeper.Leader;
import java.util.Optional;

/**
 * What is seen in ZooKeeper from now on.
 *
 * @param leader empty when nobody leads, or nobody can say who does
 * @param why a session with any other master is over; a sentence for the log
 */
record Sight(Optional<Leader> leader, String why) {}
