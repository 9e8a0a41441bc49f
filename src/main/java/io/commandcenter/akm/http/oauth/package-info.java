/**
 * The access tokens of an OAuth issuer, checked for the one endpoint that takes them.
 *
 * <p>Never enters: tokens of this server, rules on what a scope may do.
 */
package io.commandcenter.akm.http.oauth;
