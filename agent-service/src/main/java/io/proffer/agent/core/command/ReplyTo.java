package io.proffer.agent.core.command;

/** Where the answer of one request goes. Opaque to the core; the shell keeps what it stands for. */
public record ReplyTo(long id) {}
