/**
 * Listener, authentication, problem+json, limits; mounts the surfaces.
 *
 * <p>Never enters: rules.
 */
package io.commandcenter.akm.http;
