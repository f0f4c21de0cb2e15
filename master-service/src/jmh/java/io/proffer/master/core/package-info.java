/** How long turns of the core are; figures are read by people, nothing here passes or fails. */
package io.proffer.master.core;
