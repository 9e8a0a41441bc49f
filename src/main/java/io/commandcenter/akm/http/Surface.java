package io.commandcenter.akm.http;

import io.vertx.ext.web.Router;

/** A part of the listener: it adds its routes, each behind the gate. */
public interface Surface {
  void mount(Router router, Gate gate);
}
