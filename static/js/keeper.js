// Keeps the record of one text in step with it: one write after another, the newest in place of all that wait.

let numberOfKeepers = 0;

export class Keeper {
  constructor(store) {
    this.store = store;
    this.key = store.keyOf((numberOfKeepers += 1));
    this.wanted = null; // what the store should hold; null: nothing
    this.stored = null; // what it holds
  }

  /** Whether exactly what was given last is on this computer. */
  get holdsAll() {
    return this.wanted !== null && this.stored === this.wanted;
  }

  /** Begins to keep `content`, or to forget with null. The promise is settled either way: `holdsAll` says how. */
  set(content) {
    this.wanted = content;
    this.working ??= this.work();
    return this.working;
  }

  async work() {
    await null; // `working` is set before it can be cleared
    while (this.stored !== this.wanted) {
      const { wanted } = this;
      try {
        if (wanted) await this.store.put(this.key, wanted);
        else await this.store.remove(this.key);
        this.stored = wanted;
      } catch {
        if (wanted === this.wanted) break; // the browser keeps nothing, or no more
      }
    }
    this.working = null;
  }

  /** Takes over a record that a closed tab left behind; false if another tab was quicker. */
  async claim(record) {
    if (!(await this.store.claim(record.key, this.key))) return false;
    this.wanted = this.stored = record;
    return true;
  }
}
