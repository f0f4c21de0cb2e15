package io.proffer.master.agentlink;

import io.proffer.api.v1.MasterInfo;
import java.time.Duration;

/**
 * What holds for all sessions of one run of a master.
 *
 * @param epoch of this run; higher than that of any run before
 * @param pingTimeout how long an agent has to answer a ping, and how often it is pinged
 * @param maxPingTimeouts how many pings in a row it may leave unanswered
 */
public record LinkSettings(
    long epoch, MasterInfo master, Duration pingTimeout, int maxPingTimeouts) {}
