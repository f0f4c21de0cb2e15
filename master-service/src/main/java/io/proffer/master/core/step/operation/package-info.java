/**
 * The operations of an ACCEPT, one class each, run one after another against what the ones before
 * left.
 *
 * <p>A failed one does not stop the next. May touch what steps may touch.
 */
package io.proffer.master.core.step.operation;
