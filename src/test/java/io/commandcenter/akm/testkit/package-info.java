/**
 * What several tests need: a Vert.x, a running service, simulated worlds, documents written from
 * code.
 */
package io.commandcenter.akm.testkit;
