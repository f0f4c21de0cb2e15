package io.proffer.agent.core.effect;

/** The agent has nothing left to do and ends; {@code why} is a sentence for the log. */
public record Stop(String why) implements Effect {}
