package io.commandcenter.akm.core.advice;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What is known.
 *
 * @param days that the tracks are of
 * @param prices of the places that could take over
 * @param warnings of the configuration, each one sentence
 */
public record Evidence(
    int days,
    List<TaskState> tasks,
    List<ProviderState> providers,
    List<Track> tracks,
    Map<Place, Rate> prices,
    List<String> warnings) {
  public Evidence {
    tasks = List.copyOf(tasks);
    providers = List.copyOf(providers);
    tracks = List.copyOf(tracks);
    prices = Map.copyOf(prices);
    warnings = List.copyOf(warnings);
  }

  /**
   * A task of the routing.
   *
   * @param targets the providers that the configuration names for it, in their order
   * @param now where a request would go; null if none may take it
   * @param why one sentence
   * @param others who may take it besides
   */
  public record TaskState(
      String task, List<String> targets, Place now, String why, List<Place> others) {
    public TaskState {
      targets = List.copyOf(targets);
      others = List.copyOf(others);
    }
  }

  /**
   * @param health up, down, probing or unknown
   * @param healthDetail null if nobody said
   * @param keys how many are usable
   */
  public record ProviderState(
      String provider,
      boolean enabled,
      String health,
      String healthDetail,
      int keys,
      boolean needsKey) {}

  /** In nano-dollars a million tokens. */
  public record Rate(long inputNanos, long outputNanos) {
    long cost(long input, long output) {
      return Math.round((double) inputNanos * input / 1e6 + (double) outputNanos * output / 1e6);
    }
  }

  /**
   * The attempts of a task at a place.
   *
   * @param task null for attempts of none
   * @param p50Ms of those that are ok; null if there are none
   * @param over how long these took place: less than the days, if there were too many to count
   */
  public record Track(
      String task,
      Place place,
      long requests,
      long ok,
      long cancelled,
      long rateLimited,
      Long p50Ms,
      long inputTokens,
      long outputTokens,
      long costNanos,
      Duration over) {

    /** Those that ended by themselves. */
    long tried() {
      return requests - cancelled;
    }

    double successRate() {
      return tried() == 0 ? 0 : (double) ok / tried();
    }

    /** All of them together; the median is that of the largest. */
    static Track sum(Place place, Collection<Track> tracks) {
      Long median = null;
      long most = 0;
      long requests = 0;
      long ok = 0;
      long cancelled = 0;
      long limited = 0;
      long input = 0;
      long output = 0;
      long cost = 0;
      var over = Duration.ZERO;
      for (var track : tracks) {
        if (track.ok() > most) {
          most = track.ok();
          median = track.p50Ms();
        }
        requests += track.requests();
        ok += track.ok();
        cancelled += track.cancelled();
        limited += track.rateLimited();
        input += track.inputTokens();
        output += track.outputTokens();
        cost += track.costNanos();
        over = track.over().compareTo(over) > 0 ? track.over() : over;
      }
      return new Track(
          null, place, requests, ok, cancelled, limited, median, input, output, cost, over);
    }
  }

  long attempts() {
    return tracks.stream().mapToLong(Track::requests).sum();
  }
}
