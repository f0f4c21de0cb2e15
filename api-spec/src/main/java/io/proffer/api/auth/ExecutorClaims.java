package io.proffer.api.auth;

/**
 * Which run of an executor a token is for.
 *
 * @param framework its id, the claim {@code fid}
 * @param executor its id, {@code eid}
 * @param container the id of its container, {@code cid}: a later run has another
 */
public record ExecutorClaims(String framework, String executor, String container) {}
