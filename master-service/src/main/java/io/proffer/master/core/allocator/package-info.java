/**
 * Who is offered what (protocol: allocator).
 *
 * <p>Pure and incremental: it follows events, keeps its own tables up to date, and visits only what
 * can have changed. It never reads the clock; budgets and times come in.
 */
package io.proffer.master.core.allocator;
