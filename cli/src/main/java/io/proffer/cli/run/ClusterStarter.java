package io.proffer.cli.run;

import io.proffer.cli.client.MasterAddress;
import java.io.IOException;

/** Brings a throw-away cluster for {@code proffer run --local}. */
public interface ClusterStarter {
  /** Starts a master and an agent; throws with a sentence that says what to do if it cannot. */
  RunningCluster start() throws Exception;

  /** A cluster of this process; closing it ends its tasks and removes its files. */
  interface RunningCluster extends AutoCloseable {
    MasterAddress master();

    @Override
    void close() throws IOException;
  }
}
