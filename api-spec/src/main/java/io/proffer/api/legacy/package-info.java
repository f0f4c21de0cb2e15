/**
 * What the older JSON endpoints of master and agent write alike (json-shapes, section 7): written
 * by hand, for its fields are those of no message.
 */
package io.proffer.api.legacy;
