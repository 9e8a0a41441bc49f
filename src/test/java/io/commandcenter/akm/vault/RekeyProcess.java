package io.commandcenter.akm.vault;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Rekeys over and over in a process of its own, until it is killed or reaches its step. */
final class RekeyProcess {
  /** As a killed process ends. */
  static final int HALTED = 137;

  private RekeyProcess() {}

  /**
   * @param arguments the folder; the step after which it halts, or {@code -}; at which time of that
   *     step
   */
  public static void main(String[] arguments) {
    var step = arguments[1];
    var left = new AtomicInteger(Integer.parseInt(arguments[2]));
    var room = RekeyRoom.open(Path.of(arguments[0]));
    var tools =
        room.tools(
            done -> {
              if (done.equals(step) && left.decrementAndGet() == 0) {
                Runtime.getRuntime().halt(HALTED);
              }
            });
    System.out.println("ready");
    try {
      while (true) {
        again(tools);
      }
    } catch (Throwable fault) {
      fault.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
  }

  private static void again(RekeyTools tools) {
    var master = new MasterRekey(tools);
    // Without a limit of its own: whoever started this process has one.
    master
        .begin("test")
        .compose(begun -> master.confirm("test"))
        .compose(confirmed -> new DataRekey(tools, 7).run("test", false))
        .await();
  }
}
