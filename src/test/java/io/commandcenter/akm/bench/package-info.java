/**
 * Measurements that a person runs; no test.
 *
 * <p>Never enters: assertions that would fail a build on a busy machine.
 */
package io.commandcenter.akm.bench;
