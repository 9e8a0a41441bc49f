package io.commandcenter.akm;

/** All the wiring, readable top to bottom. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {}
}
