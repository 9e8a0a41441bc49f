/**
 * SQL, migrations, one store per table family.
 *
 * <p>Never enters: decisions.
 */
package io.commandcenter.akm.store;
