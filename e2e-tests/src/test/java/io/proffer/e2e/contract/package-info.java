/**
 * Real requests and answers of real processes against the OpenAPI documents those processes serve.
 *
 * <p>Stands on the validator of the openapi-request-validator project, which knows OpenAPI 3.1. The
 * choice that shaped it: answers are held to more than the document promises a client, so a field
 * that it does not name is a mistake.
 */
package io.proffer.e2e.contract;
