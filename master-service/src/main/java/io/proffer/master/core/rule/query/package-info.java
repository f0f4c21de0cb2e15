/**
 * What is only asked or answered.
 *
 * <p>One final class per command with one static {@code decide}. Rules share steps, and never call
 * each other.
 */
package io.proffer.master.core.rule.query;
