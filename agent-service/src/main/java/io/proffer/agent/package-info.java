/**
 * The agent: runs tasks of frameworks on one host, for one master.
 *
 * <p>{@code AgentMain}, {@code AgentConfig} and {@code AgentAssembly} are the front door: they wire
 * the rooms by hand, know all of them and are known by none.
 */
package io.proffer.agent;
