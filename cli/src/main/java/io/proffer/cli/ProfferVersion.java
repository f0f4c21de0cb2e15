package io.proffer.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest. */
public final class ProfferVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    var version = Optional.ofNullable(ProfferVersion.class.getPackage().getImplementationVersion());
    return new String[] {"proffer " + version.orElse("(from classes)")};
  }
}
