package io.proffer.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.proffer.cli.client.OperatorClient;
import java.math.BigDecimal;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code proffer weights set}. */
@Command(
    name = "set",
    description = {
      "Sets the weights of roles; others keep theirs. 1 is what a role has that was given none.",
      "",
      "  proffer weights set web=2 batch=0.5"
    })
public final class SetWeightsCommand extends Change {
  @Parameters(
      paramLabel = "ROLE=WEIGHT",
      arity = "1..*",
      converter = Converter.class,
      description = "Of two roles of weights 2 and 1 the first is given twice as much.")
  private List<Weight> weights;

  /** One of them. */
  record Weight(String role, BigDecimal value) {}

  @Override
  JsonNode ask(OperatorClient master) {
    var call = JsonNodeFactory.instance.objectNode().put("type", "UPDATE_WEIGHTS");
    var infos = call.putObject("update_weights").putArray("weight_infos");
    weights.forEach(
        weight -> infos.addObject().put("role", weight.role()).put("weight", weight.value()));
    return call;
  }

  static final class Converter implements ITypeConverter<Weight> {
    @Override
    public Weight convert(String text) {
      int sign = text.lastIndexOf('=');
      try {
        if (sign > 0) {
          return new Weight(text.substring(0, sign), new BigDecimal(text.substring(sign + 1)));
        }
      } catch (NumberFormatException e) {
        // Said below.
      }
      throw new TypeConversionException("Expected ROLE=WEIGHT like web=2, but got '" + text + "'");
    }
  }
}
