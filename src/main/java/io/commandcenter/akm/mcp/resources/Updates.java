package io.commandcenter.akm.mcp.resources;

import io.commandcenter.akm.bus.Bus;
import io.commandcenter.akm.contract.Facts;
import io.commandcenter.akm.contract.RouterCalls;
import io.commandcenter.akm.contract.RouterCalls.ShowProviders;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Hears what happens in the rooms, and tells which resources it changes.
 *
 * <p>A decision is told when it is made; what comes of it afterwards is told by no fact. Counters
 * that move with each request, such as the requests left in a minute, are not told either.
 */
public final class Updates {
  private final Bus bus;
  private final Subscribers subscribers;
  private final Pace pace;
  private final InstantSource clock;

  /** Who wants to hear of changes, and how they are told; its methods may be called often. */
  public interface Subscribers {
    /** Whether anybody wants to hear of anything: asked for each fact, so it has to be cheap. */
    boolean any();

    boolean want(String uri);

    void changed(String uri);
  }

  /** Runs a task once, later. */
  @FunctionalInterface
  public interface Timer {
    void after(long delayMs, Runnable task);
  }

  /**
   * @param pace made of the same subscribers
   * @param clock says which day of the audit log a change belongs to
   */
  public Updates(Bus bus, Subscribers subscribers, Pace pace, InstantSource clock) {
    this.bus = bus;
    this.subscribers = subscribers;
    this.pace = pace;
    this.clock = clock;
  }

  /** Begins to listen; the facts stop with the bus's event loop. */
  public void listen() {
    bus.hear(Facts.KEY_CHANGED, fact -> keyChanged(fact.provider()));
    bus.hear(Facts.TOKEN_CHANGED, fact -> audited());
    bus.hear(Facts.HEALTH_CHANGED, fact -> provider(fact.provider()));
    bus.hear(Facts.USAGE_RECORDED, fact -> used(fact.provider()));
    bus.hear(Facts.ROUTING_DECIDED, fact -> tell(Uris.DECISION, fact.decisionId()));
    bus.hear(Facts.BUDGET_CROSSED, fact -> tell(Uris.USAGE));
    bus.hear(Facts.CONFIG_CHANGED, fact -> configured());
  }

  private void keyChanged(String provider) {
    provider(provider);
    audited();
  }

  private void provider(String name) {
    tell(Uris.PROVIDERS);
    tell(Uris.PROVIDER, name);
  }

  private void used(String provider) {
    tell(Uris.USAGE);
    tell(Uris.PROVIDER_USAGE, provider);
    // A key was leased for it.
    audited();
  }

  private void audited() {
    if (subscribers.any()) {
      tell(Uris.AUDIT_DAY, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toString());
    }
  }

  /** Another routing may change every provider, and budgets belong to the configuration too. */
  private void configured() {
    tell(Uris.ROUTING);
    tell(Uris.PROVIDERS);
    tell(Uris.USAGE);
    if (subscribers.any()) {
      bus.ask(RouterCalls.PROVIDERS, new ShowProviders())
          .onSuccess(list -> list.providers().forEach(one -> tell(Uris.PROVIDER, one.provider())));
    }
  }

  private void tell(String template, String value) {
    // Before the address is put together: most facts come while nobody listens.
    if (value != null && subscribers.any()) {
      pace.changed(Uris.of(template, value));
    }
  }

  private void tell(String uri) {
    if (subscribers.any()) {
      pace.changed(uri);
    }
  }
}
