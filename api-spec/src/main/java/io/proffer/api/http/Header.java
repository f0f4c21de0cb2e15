package io.proffer.api.http;

/** One header of an answer. */
public record Header(String name, String value) {}
