package io.proffer.cli.option;

import io.proffer.cli.client.MasterAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which master a command talks to. */
public final class MasterOption {
  @Option(
      names = "--master",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:5050",
      converter = Converter.class,
      description = "The master to talk to (default: ${DEFAULT-VALUE}); a redirect is followed.")
  private MasterAddress address;

  public MasterAddress address() {
    return address;
  }

  static final class Converter implements ITypeConverter<MasterAddress> {
    @Override
    public MasterAddress convert(String text) {
      try {
        return MasterAddress.parse(text);
      } catch (IllegalArgumentException wrong) {
        throw new TypeConversionException(wrong.getMessage());
      }
    }
  }
}
