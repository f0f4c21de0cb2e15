/**
 * Whole clusters of real processes on free ports, and what tests need to drive them.
 *
 * <p>Black box: nothing here touches a class of master or agent. The processes run from the class
 * path of the test, so that a build that has compiled can test itself without packaging.
 */
package io.proffer.e2e;
