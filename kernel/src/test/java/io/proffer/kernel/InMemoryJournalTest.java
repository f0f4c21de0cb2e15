package io.proffer.kernel;

/** The twin keeps the contract. */
final class InMemoryJournalTest extends JournalContract {
  private InMemoryJournal stored = new InMemoryJournal();

  @Override
  protected Journal<Write> open() {
    stored = new InMemoryJournal(stored.load());
    return stored;
  }
}
