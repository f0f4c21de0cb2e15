package io.proffer.agent.monitor;

/**
 * What the processes of one container use together.
 *
 * @param timestamp when it was measured, seconds since 1970
 * @param userSeconds in user mode, processes that have ended included
 * @param systemSeconds in the kernel, likewise
 * @param rssBytes memory; pages that several processes share count for each
 */
public record Usage(
    double timestamp,
    double userSeconds,
    double systemSeconds,
    long rssBytes,
    int processes,
    int threads) {}
