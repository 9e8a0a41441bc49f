package io.commandcenter.akm.admin;

import io.commandcenter.akm.contract.Wire;
import io.vertx.core.buffer.Buffer;

/** What an operation answers with. */
record Answer(int status, String type, Buffer body) {
  static Answer ok(Record answer) {
    return json(200, answer);
  }

  static Answer created(Record answer) {
    return json(201, answer);
  }

  /** A person has to do the rest. */
  static Answer accepted(Record answer) {
    return json(202, answer);
  }

  /** JSON that is written already. */
  static Answer ofJson(Buffer json) {
    return new Answer(200, "application/json", json);
  }

  private static Answer json(int status, Record answer) {
    return new Answer(status, "application/json", Wire.toJson(answer).toBuffer());
  }
}
