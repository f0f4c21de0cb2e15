/**
 * Who somebody is: credentials as files have them, and as HTTP Basic carries them. What is locked,
 * and what a principal may do, is said elsewhere. Nothing here ever tells a secret, neither in an
 * error nor as text.
 */
package io.proffer.api.auth;
