package io.proffer.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.proffer.cli.client.OperatorClient;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code proffer quota set}. */
@Command(
    name = "set",
    description = {
      "Sets the quota of a role, in place of the one it has.",
      "",
      "  proffer quota set web --guarantees 'cpus:4;mem:4096' --limits 'cpus:16'"
    })
public final class SetQuotaCommand extends Change {
  @Parameters(paramLabel = "ROLE", description = "A role without a slash.")
  private String role;

  @Option(
      names = "--guarantees",
      paramLabel = "AMOUNTS",
      converter = Converter.class,
      description =
          "What is kept for the role, whether it asks for it now or not. Default: nothing.")
  private Optional<Amounts> guarantees = Optional.empty();

  @Option(
      names = "--limits",
      paramLabel = "AMOUNTS",
      converter = Converter.class,
      description =
          "What it may have at most, with 0 for nothing; what is not named is not limited.")
  private Optional<Amounts> limits = Optional.empty();

  @Option(
      names = "--force",
      description = "Even when the role uses more already, or the cluster has less.")
  private boolean force;

  /** Amounts by name. */
  record Amounts(Map<String, BigDecimal> byName) {}

  @Override
  JsonNode ask(OperatorClient master) {
    if (guarantees.isEmpty() && limits.isEmpty()) {
      throw wrongFlags(
          "Expected --guarantees or --limits, or both, but got neither: 'proffer quota remove %s' takes the quota of a role away."
              .formatted(role));
    }
    var call = JsonNodeFactory.instance.objectNode().put("type", "UPDATE_QUOTA");
    var update = call.putObject("update_quota");
    update.put("force", force);
    var config = update.putArray("quota_configs").addObject().put("role", role);
    guarantees.ifPresent(amounts -> put(amounts, config.putObject("guarantees")));
    limits.ifPresent(amounts -> put(amounts, config.putObject("limits")));
    return call;
  }

  private static void put(Amounts amounts, ObjectNode scalars) {
    amounts.byName().forEach((name, amount) -> scalars.putObject(name).put("value", amount));
  }

  static final class Converter implements ITypeConverter<Amounts> {
    @Override
    public Amounts convert(String text) {
      var amounts = new TreeMap<String, BigDecimal>();
      for (var part : text.split("[;,]", -1)) {
        int colon = part.indexOf(':');
        if (colon < 1
            || amounts.put(part.substring(0, colon).strip(), number(text, part)) != null) {
          throw unreadable(text, part);
        }
      }
      return new Amounts(amounts);
    }

    private static BigDecimal number(String text, String part) {
      try {
        return new BigDecimal(part.substring(part.indexOf(':') + 1).strip());
      } catch (NumberFormatException e) {
        throw unreadable(text, part);
      }
    }

    private static TypeConversionException unreadable(String text, String part) {
      return new TypeConversionException(
          "Expected amounts like cpus:4;mem:4096, each name once, but got '%s' in '%s'"
              .formatted(part, text));
    }
  }
}
