// Text that a closed tab left in the store: put back into its box and sent, or only sent where its box is taken.
import { mount } from "../editor/editor.js";
import { NoBox } from "./text_box.js";
import { Keeper } from "./local_copy.js";
import { Saver } from "./saver.js";
import { TAB, isLookedAfter, openTabs, whenClosed } from "./tabs.js";

export class Recovery {
  /** `textareas`: the page's texts, each with its `saver` once it has an editor. `adoptLoose(saver)`: one without. */
  constructor({ store, client, report, textareas, panels, adoptLoose }) {
    Object.assign(this, { store, client, report, textareas, panels, adoptLoose });
    this.sections = new Set(textareas.map((textarea) => JSON.parse(textarea.dataset.text).section));
    this.watched = new Set();
  }

  /** Looks again whenever there may be something new; one look after the other. */
  look() {
    this.looking = (this.looking ?? Promise.resolve()).then(() => this.lookOnce()).catch(() => {});
    return this.looking;
  }

  async lookOnce() {
    const { records } = await this.store.all();
    const open = await openTabs();
    for (const record of records) {
      if (record.tab === TAB || record.report !== this.report || !this.sections.has(record.section)) continue;
      if (isLookedAfter(record, open)) this.watch(record.tab);
      else await this.take(record).catch(() => {}); // one that cannot be opened holds no other back
    }
  }

  watch(tab) {
    if (this.watched.has(tab)) return;
    this.watched.add(tab);
    whenClosed(tab, () => {
      setTimeout(() => this.look()); // after this lock on its name is given back
    });
  }

  async take(record) {
    if (record.conflict) {
      await this.panels.takeUp(record);
      return;
    }
    const keeper = new Keeper(this.store);
    if (!(await keeper.claim(record))) return; // another tab was quicker
    const textarea = this.textareas.find((one) => isOf(one, record));
    if (textarea && !textarea.editor) open(textarea);
    const saver = textarea?.saver;
    if (saver && !saver.hasUnsent && !saver.sending && saver.adopt(record, keeper)) return;
    if (saver?.isShownAgain && letters(record.html) === letters(saver.html)) {
      keeper.set(null); // the server refused it and put it back into its box, which keeps it anew
      return;
    }
    const { section, contribution, language, base } = record;
    const loose = new Saver({
      text: { section, contribution, language }, base, html: record.html, atServer: null, box: new NoBox(record),
      place: placeOf(record), client: this.client, store: this.store,
    });
    this.adoptLoose(loose);
    loose.adopt(record, keeper);
  }
}

/** All but white space, which the server brings into its normal form. */
const letters = (html) => html.replace(/\s+/g, "");

/** Where a record's text belongs. */
export const placeOf = ({ place, url, save_url, report }) => ({ place, url, save_url, report });

function isOf(textarea, record) {
  const text = textarea.saver?.text ?? JSON.parse(textarea.dataset.text);
  return ["section", "contribution", "language"].every((name) => text[name] === record[name]);
}

function open(textarea) {
  for (let fold = textarea.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  mount(textarea);
}
