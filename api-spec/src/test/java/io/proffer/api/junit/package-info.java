/**
 * What JUnit is to say beside what it says by itself. In the test jar, and so in the tests of all
 * modules above.
 */
package io.proffer.api.junit;
