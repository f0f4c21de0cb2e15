package io.proffer.cli.client;

import java.util.ArrayList;
import java.util.List;

/** Several masters, one of which leads: any that answers will do, for it knows who does. */
final class MasterList implements Masters {
  private final List<MasterAddress> addresses;
  private volatile int current;

  MasterList(List<MasterAddress> addresses) {
    this.addresses = List.copyOf(addresses);
  }

  /** Tries each, as long as it was certainly not carried out; the next time goes on from there. */
  @Override
  public <T> T ask(Call<T> call) throws ClientException {
    var failures = new ArrayList<ClientException>();
    int first = current;
    for (int tried = 0; tried < addresses.size(); tried++) {
      int index = (first + tried) % addresses.size();
      try {
        var answer = call.at(addresses.get(index));
        current = index;
        return answer;
      } catch (ClientException failed) {
        if (!failed.temporary()) {
          throw failed;
        }
        current = (index + 1) % addresses.size();
        if (!failed.isUntaken()) {
          throw failed;
        }
        failures.add(failed);
      }
    }
    throw ClientException.all(failures);
  }
}
