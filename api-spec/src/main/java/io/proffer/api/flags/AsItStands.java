package io.proffer.api.flags;

import picocli.CommandLine.ITypeConverter;

/**
 * Takes a text as it stands, {@code file:///path} too: who reads the flag looks at the file
 * himself, because what it says may change.
 */
public final class AsItStands implements ITypeConverter<String> {
  @Override
  public String convert(String value) {
    return value;
  }
}
