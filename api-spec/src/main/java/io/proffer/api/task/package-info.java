/**
 * What the description of a task says when it is read as a whole: master and agent are to say the
 * same of one task.
 */
package io.proffer.api.task;
