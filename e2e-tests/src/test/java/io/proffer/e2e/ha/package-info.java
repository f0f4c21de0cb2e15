/** Several masters, a ZooKeeper of three servers, and what becomes of them: real processes. */
package io.proffer.e2e.ha;
