package io.proffer.master.core.fact;

import io.proffer.api.v1.MasterInfo;
import java.time.Instant;

/** What stays true of one run of a master. */
public record MasterFacts(MasterInfo info, Instant started, Instant elected) {}
