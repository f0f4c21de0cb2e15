package io.proffer.cli.bench;

import io.proffer.cli.bench.agent.Fleet;
import io.proffer.cli.bench.process.MasterProcess;

/** The master that is measured. */
sealed interface Target {
  Fleet.Place place();

  long pid();

  /** SIGKILL, and a new process on the same work directory. */
  void killAndRestart();

  /** One that the run has started itself. */
  record Own(MasterProcess process) implements Target {
    @Override
    public Fleet.Place place() {
      return new Fleet.Place("127.0.0.1", process.port());
    }

    @Override
    public long pid() {
      return process.pid();
    }

    @Override
    public void killAndRestart() {
      process.killAndRestart();
    }
  }

  /** The one of several that leads. */
  record Elected(Masters masters) implements Target {
    @Override
    public Fleet.Place place() {
      return masters.place();
    }

    @Override
    public long pid() {
      return masters.process().pid();
    }

    @Override
    public void killAndRestart() {
      throw new UnsupportedOperationException(
          "Of several masters another leads when one is killed");
    }
  }

  /** One that runs already, on this machine. */
  record Given(Fleet.Place place, long pid) implements Target {
    @Override
    public void killAndRestart() {
      throw new UnsupportedOperationException("A master that was given is not killed");
    }
  }
}
