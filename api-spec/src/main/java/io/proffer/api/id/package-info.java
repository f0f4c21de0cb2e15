/**
 * Identities as both services hold them: small values that compare and print fast.
 *
 * <p>The wire's messages ({@code FrameworkID} ...) are turned into these at the edge; the cores
 * never see an identity as a bare string.
 */
package io.proffer.api.id;
