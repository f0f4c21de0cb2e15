/**
 * What rules share: ending offers, moving tasks off the books, wording statuses, going on with long
 * work.
 *
 * <p>A step decides within the turn of the rule that calls it and never calls a rule. May touch
 * everything in the core but the allocator.
 */
package io.proffer.master.core.step;
