package io.proffer.api.resource;

import io.proffer.api.v1.Resource;
import io.proffer.api.v1.Value;

/** A number with three decimals, in thousandths. */
public record ScalarAmount(long thousandths) implements Amount {
  @Override
  public boolean isEmpty() {
    return thousandths <= 0;
  }

  @Override
  public Amount plus(Amount other) {
    return new ScalarAmount(Thousandths.plus(thousandths, ((ScalarAmount) other).thousandths));
  }

  @Override
  public Amount minus(Amount other) {
    return new ScalarAmount(Thousandths.minus(thousandths, ((ScalarAmount) other).thousandths));
  }

  @Override
  public boolean contains(Amount other) {
    return thousandths >= ((ScalarAmount) other).thousandths;
  }

  @Override
  public void writeTo(Resource.Builder message) {
    message
        .setType(Value.Type.SCALAR)
        .setScalar(Value.Scalar.newBuilder().setValue(Thousandths.toDouble(thousandths)));
  }

  @Override
  public String toString() {
    return Thousandths.text(thousandths);
  }
}
