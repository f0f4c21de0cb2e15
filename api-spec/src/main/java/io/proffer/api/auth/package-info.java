/**
 * Who somebody is: credentials as files have them, and as HTTP Basic carries them; and where the
 * rules of what they may do are kept, which {@code acl} judges by. What is locked is said
 * elsewhere. Nothing here ever tells a secret, neither in an error nor as text.
 */
package io.proffer.api.auth;
