// Keeps the record of one text in step with it: every change is handed to the browser at once and in order, without
// waiting until it confirmed the one before, for a page in which somebody types fast learns of that late.

let numberOfKeepers = 0;

export class Keeper {
  constructor(store) {
    this.store = store;
    this.key = store.keyOf((numberOfKeepers += 1));
    this.wanted = null; // what the store should hold; null: nothing
    this.given = null; // what the browser was given last; undefined: it refused
    this.stored = null; // what it confirmed to hold
  }

  /** Whether exactly what was given last is on this computer. */
  get holdsAll() {
    return this.wanted !== null && this.stored === this.wanted;
  }

  /** Begins to keep `content`, or to forget with null. The promise is settled either way: `holdsAll` says how. */
  set(content) {
    this.wanted = content;
    this.giving ??= this.give();
    return this.giving.then(() => this.writing);
  }

  async give() {
    await null; // `giving` is set before it can be cleared
    while (this.given !== this.wanted) {
      const { wanted } = this;
      try {
        const { written } = wanted
          ? await this.store.put(this.key, wanted)
          : await this.store.remove(this.key);
        this.given = wanted;
        this.writing = this.confirm(wanted, written);
      } catch {
        if (wanted === this.wanted) break; // the browser keeps nothing
      }
    }
    this.giving = null;
  }

  async confirm(content, written) {
    try {
      await written;
      this.stored = content;
    } catch {
      if (this.given === content) this.given = undefined; // no room for it: tried again with the next change
    }
  }

  /** The store lost what it held. */
  lose() {
    this.given = this.stored = null;
  }

  /** Takes over a record that a closed tab left behind; false if another tab was quicker. */
  async claim(record) {
    if (!(await this.store.claim(record.key, this.key))) return false;
    this.wanted = this.given = this.stored = record;
    return true;
  }
}
