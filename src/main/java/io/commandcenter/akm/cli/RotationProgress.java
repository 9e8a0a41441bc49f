package io.commandcenter.akm.cli;

import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Follows a rotation to its end: one live line on a terminal, else a line for each stage. */
final class RotationProgress {
  private static final long LOOK_MS = 500;
  private static final int WIDTH = 20;
  private static final Set<String> BAD = Set.of("rolled_back", "cancelled");

  private final Screen screen;
  private final boolean isQuiet;

  RotationProgress(Screen screen, boolean isQuiet) {
    this.screen = screen;
    this.isQuiet = isQuiet;
  }

  /** The rotation as it ended. */
  JsonObject follow(Supplier<JsonObject> look) {
    var shown = "";
    while (true) {
      var rotation = look.get();
      var state = rotation.getString("state");
      if (isEnded(state)) {
        screen.redraw("");
        return rotation;
      }
      if (!isQuiet && !screen.redraw(words(rotation, screen)) && !state.equals(shown)) {
        screen.line(words(rotation, screen));
      }
      shown = state;
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MS));
    }
  }

  static boolean isBad(JsonObject rotation) {
    return BAD.contains(rotation.getString("state"));
  }

  private static boolean isEnded(String state) {
    return state.equals("done") || BAD.contains(state);
  }

  /** One line for a person. */
  static String words(JsonObject rotation, Screen screen) {
    var which =
        rotation.getString("provider")
            + "/"
            + rotation.getString("label")
            + " ("
            + rotation.getString("rotation_id")
            + "): ";
    return which
        + switch (rotation.getString("state")) {
          case "waiting" -> "waiting for a person to enter the new key";
          case "validating" -> "asking the provider about the new key";
          case "canary" -> canary(rotation);
          case "draining" ->
              screen.good("version " + rotation.getInteger("to_version") + " is in use")
                  + ", the old one is kept until "
                  + rotation.getString("due_at");
          case "done" ->
              screen.good("done, version " + rotation.getInteger("to_version") + " is in use");
          default ->
              screen.bad(rotation.getString("state").replace('_', ' '))
                  + " ("
                  + rotation.getString("reason")
                  + "), version "
                  + rotation.getInteger("from_version")
                  + " stays in use";
        };
  }

  private static String canary(JsonObject rotation) {
    int answered = rotation.getInteger("canary_answered");
    int wanted = rotation.getInteger("canary_requests");
    return Bar.of((double) answered / wanted, WIDTH)
        + " %d of %d requests succeeded with the new version, at %d %% of the traffic"
            .formatted(answered, wanted, rotation.getInteger("canary_percent"));
  }
}
