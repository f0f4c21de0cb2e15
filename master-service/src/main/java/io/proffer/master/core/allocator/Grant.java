package io.proffer.master.core.allocator;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.resource.Resources;

/** Resources of one agent that a framework may be offered; they carry the allocation role. */
public record Grant(FrameworkId framework, String role, AgentId agent, Resources resources) {}
