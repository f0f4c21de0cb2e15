/**
 * Who may do what (lifecycle, section 11): a document of rules, read strictly, and the answers it
 * gives. Values only: nothing here reads a file or asks the time, so that cores may hold it. Who
 * somebody is, is {@code auth}'s concern.
 */
package io.proffer.api.acl;
