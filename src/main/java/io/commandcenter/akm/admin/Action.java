package io.commandcenter.akm.admin;

import io.vertx.core.Future;

/** What stands behind one operation of the contract. */
@FunctionalInterface
interface Action {
  Future<Answer> answer(AdminCall call);
}
