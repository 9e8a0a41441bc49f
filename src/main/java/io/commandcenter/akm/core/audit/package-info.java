/**
 * The chain of the audit log, its checkpoints, and the check that finds what was tampered with.
 *
 * <p>Never enters: where rows and checkpoints are kept.
 */
package io.commandcenter.akm.core.audit;
