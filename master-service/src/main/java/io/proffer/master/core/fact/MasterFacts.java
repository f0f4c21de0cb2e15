package io.proffer.master.core.fact;

import io.proffer.api.v1.MasterInfo;
import java.time.Instant;

/**
 * What stays true of one run of a master.
 *
 * @param scheme under which it and its agents are reached, {@code http} or {@code https}: the same
 *     one, since else they do not find each other
 */
public record MasterFacts(MasterInfo info, String scheme, Instant started, Instant elected) {}
