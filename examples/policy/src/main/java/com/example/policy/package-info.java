/** A site's own policy of allocation: what a jar beside {@code proffer.jar} needs, and no more. */
package com.example.policy;
