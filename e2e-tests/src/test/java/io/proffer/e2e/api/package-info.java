/** What a framework or an operator sees, one class per subject, against real processes. */
package io.proffer.e2e.api;
