package io.commandcenter.akm.admin;

import io.commandcenter.akm.contract.Wire;
import io.vertx.core.json.JsonObject;

/** What an operation answers with. */
record Answer(int status, JsonObject body) {
  static Answer ok(Record answer) {
    return new Answer(200, Wire.toJson(answer));
  }

  static Answer created(Record answer) {
    return new Answer(201, Wire.toJson(answer));
  }

  /** A person has to do the rest. */
  static Answer accepted(Record answer) {
    return new Answer(202, Wire.toJson(answer));
  }
}
