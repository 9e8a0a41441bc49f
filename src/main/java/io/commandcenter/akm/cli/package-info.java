/**
 * The command line
 *
 * <p>Never enters: serve, demo and their output.:rules.
 */
package io.commandcenter.akm.cli;
