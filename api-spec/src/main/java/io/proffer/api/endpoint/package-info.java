/**
 * The route table: every path of master and agent, once, as data.
 *
 * <p>Routers, the OpenAPI writer and tests read it; nobody spells a path anywhere else. Knows no
 * web server. The choice that shaped it: paths match by their longest known prefix, as clients of
 * the reference rely on.
 */
package io.proffer.api.endpoint;
