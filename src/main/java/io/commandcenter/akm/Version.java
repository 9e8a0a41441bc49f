package io.commandcenter.akm;

/** The version that the build wrote into the jar's manifest. */
final class Version {
  static final String NUMBER = read();

  private Version() {}

  private static String read() {
    var version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "from source" : version;
  }
}
