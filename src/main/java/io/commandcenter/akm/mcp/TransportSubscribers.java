package io.commandcenter.akm.mcp;

import io.commandcenter.akm.mcp.resources.Updates.Subscribers;
import io.commandcenter.akm.mcp.transport.StreamableHttp;

/** Everyone who has subscribed, in either lane. */
record TransportSubscribers(StreamableHttp transport) implements Subscribers {
  @Override
  public boolean any() {
    return transport.isAnyWanted();
  }

  @Override
  public boolean want(String uri) {
    return transport.isWanted(uri);
  }

  @Override
  public void changed(String uri) {
    transport.updated(uri);
  }
}
