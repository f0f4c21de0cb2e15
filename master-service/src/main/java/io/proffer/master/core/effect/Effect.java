package io.proffer.master.core.effect;

/** One thing the world must hear. */
public sealed interface Effect permits ToFramework, ToAgent, Reply {}
