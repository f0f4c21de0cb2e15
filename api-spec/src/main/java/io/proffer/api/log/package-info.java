/**
 * How logs of both services quote strangers.
 *
 * <p>Touches nothing. The decision that shaped it: who writes a line wraps what others said, there
 * and then; a log that mended whole lines could not tell ours from theirs.
 */
package io.proffer.api.log;
