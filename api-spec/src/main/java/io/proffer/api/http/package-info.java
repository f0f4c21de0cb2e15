/**
 * The contract on Vert.x, shared by master and agent: routing, bodies and their limits,
 * negotiation, error bodies, answers of any size, and streams of records that no slow reader can
 * hold up.
 *
 * <p>Touches Vert.x and the api rooms, no service. The choice that shaped it: nothing waits on an
 * event loop. Big bodies are decoded and big answers encoded on threads of their own, and every
 * buffer has a limit that is a flag.
 */
package io.proffer.api.http;
