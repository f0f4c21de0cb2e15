/**
 * The whole master on a free port, spoken to as frameworks, agents and operators do: what only
 * shows when the rooms stand together.
 */
package io.proffer.master.shell;
