package io.proffer.api.openapi;

/**
 * Whose API a call belongs to.
 *
 * @param tag the heading it stands under
 * @param examples the file of its examples; empty when there are none
 * @param refusals its group in {@code refusals.yaml}
 */
record Side(String tag, String examples, String refusals) {}
