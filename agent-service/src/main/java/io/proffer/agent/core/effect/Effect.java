package io.proffer.agent.core.effect;

/** One thing to do. */
public sealed interface Effect permits ToMaster, ToExecutor, ToContainer, Reply, Stop {}
