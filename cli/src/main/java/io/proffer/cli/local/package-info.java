/**
 * A master and agents in this process, and the commands of the services.
 *
 * <p>The only room of the command line that knows {@code MasterAssembly} and {@code AgentAssembly};
 * whatever talks to such a cluster does so over its ports, like to any other. It binds 127.0.0.1
 * alone: a cluster without authentication is for its own machine.
 */
package io.proffer.cli.local;
