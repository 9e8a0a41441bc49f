package io.commandcenter.akm.config;

import java.net.URI;

/** How people reach this server; known once the listener has its port. */
public final class PublicUrl {
  private volatile URI base = URI.create("http://127.0.0.1");

  /**
   * @param base without a trailing slash
   */
  public void set(URI base) {
    this.base = base;
  }

  public URI base() {
    return base;
  }

  /**
   * @param path starts with a slash
   */
  public String of(String path) {
    return base + path;
  }
}
