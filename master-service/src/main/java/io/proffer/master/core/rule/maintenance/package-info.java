/**
 * Machines are planned to be out of service, go out of it and come back.
 *
 * <p>One final class per command with one static {@code decide}. Rules share steps, and never call
 * each other.
 */
package io.proffer.master.core.rule.maintenance;
