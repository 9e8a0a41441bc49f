package io.commandcenter.akm.cli;

import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar's manifest. */
public final class Version implements IVersionProvider {
  public static String number() {
    var version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "from source" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"akm " + number()};
  }
}
