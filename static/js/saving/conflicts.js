// A paragraph that two people changed at the same time: both versions side by side above its text, and the choice.
import { contents, mount } from "../editor/editor.js";
import { Keeper } from "./local_copy.js";
import { putText } from "../editor/replace_text.js";
import { announce, say } from "./status_line.js";
import { STORE_PATIENCE, pause } from "./saver.js";
import { combined, marked } from "./words.js";

const LINE_FIRST = ["refused", "signed-out", "other-user"]; // states of a text that trying again does not help

export class Panels {
  /**
   * `find(conflict)`: where its text is on the page, {saver, line, container, lang}, or nothing. `whenBuilt()`: there is
   * another panel, for which the store may hold what was typed.
   */
  constructor({ client, saveUrl, store, whenBuilt, find }) {
    Object.assign(this, { client, saveUrl, store, whenBuilt, find });
    this.template = document.getElementById("conflict-panel");
    this.me = this.template.dataset.me;
    this.panels = new Map(); // by the conflict's id: {panel, keeper, place, conflict, looks, isSettled}
    this.changes = 0;
    store.addEventListener("lost", () => this.keepAgain());
  }

  /** Whether a combined text would be gone with the page. */
  get areOnlyHere() {
    const shown = [...this.panels.values()].filter(({ panel }) => isEdited(areaOf(panel)));
    return shown.some(({ keeper, isSettled }) => isSettled || !keeper.holdsAll); // a settled one has no panel any more
  }

  /** All conflicts that are open now; what is not among them has been settled. */
  showOnly(conflicts) {
    const open = new Set(conflicts.map(({ id }) => id));
    for (const id of this.panels.keys()) if (!open.has(id)) this.settled(id);
    this.show(conflicts);
  }

  show(conflicts) {
    for (const conflict of conflicts) {
      const place = this.find(conflict);
      const looks = JSON.stringify(conflict);
      const known = this.panels.get(conflict.id);
      if (!place || known?.looks === looks) continue;
      const shown = known ?? { panel: this.build(conflict, place), keeper: new Keeper(this.store) };
      this.panels.set(conflict.id, Object.assign(shown, { place, conflict, looks, isSettled: false }));
      this.bringUpToDate(shown.panel, conflict, place.lang);
      tellLine(this.panels, place);
      if (known) continue;
      announce("conflict", shown.panel.querySelector("[data-title]").textContent);
      this.whenBuilt();
    }
  }

  /** Its panel goes, unless a text was typed into it that is nowhere else: that can be used all the same. */
  settled(id) {
    const shown = this.panels.get(id);
    if (!shown) return; // the page heard of it from the server before the answer to its own choice came
    const { panel, place } = shown;
    if (!isEdited(areaOf(panel))) this.remove(id);
    if (!this.panels.has(id) || shown.isSettled || panel.busy) return;
    Object.assign(shown, { isSettled: true, looks: "" });
    showWhen(panel, "settled");
    tellLine(this.panels, place);
    announce("conflict", panel.querySelector("[data-shown-when=settled]").textContent);
  }

  remove(id) {
    const { panel, keeper, place } = this.panels.get(id) ?? {};
    if (!this.panels.delete(id)) return;
    keeper.set(null);
    panel.remove();
    tellLine(this.panels, place);
  }

  /** A combined text is kept on this computer like every text that somebody types. */
  keep(id) {
    const { panel, keeper, place: { saver } } = this.panels.get(id);
    const area = areaOf(panel);
    const record = { ...saver.place, ...saver.text, conflict: id, html: contents(area.editor), at: Date.now() };
    keeper.set(isEdited(area) ? record : null);
  }

  keepAgain() {
    for (const [id, { panel, keeper }] of this.panels) {
      keeper.lose();
      if (isEdited(areaOf(panel))) pause(STORE_PATIENCE).then(() => this.panels.has(id) && this.keep(id));
    }
  }

  /** Puts a combined text that a closed tab left back into its panel, where it has one. */
  async takeUp(record) {
    const shown = this.panels.get(record.conflict);
    const keeper = new Keeper(this.store);
    if (!shown || isEdited(areaOf(shown.panel)) || !(await keeper.claim(record))) return;
    const area = areaOf(shown.panel);
    if (this.panels.get(record.conflict) !== shown) return; // settled meanwhile; what was found stays in the store
    area.closest("details").open = true;
    mount(area);
    if (isEdited(area)) return;
    shown.keeper = keeper;
    putText(area.editor, record.html);
  }

  build({ id }, { container, lang, saver }) {
    const panel = this.template.content.firstElementChild.cloneNode(true);
    const title = panel.querySelector("[data-title]");
    panel.id = `conflict-${id}`;
    title.id = `${panel.id}-title`;
    panel.setAttribute("aria-labelledby", title.id);
    this.prepareCombined(panel, id, lang);
    panel.addEventListener("click", ({ target }) => {
      const { keep } = target.closest("[data-keep]")?.dataset ?? {};
      if (keep) this.settle(id, keep);
      if (!target.closest("[data-throw-away]")) return;
      this.remove(id);
      saver.box.focus();
    });
    document.getElementById(panel.id)?.remove(); // the server's, which works without scripts
    container.append(panel);
    return panel;
  }

  /** The two versions as they stand now. A combined text that somebody has edited stays as it is. */
  bringUpToDate(panel, conflict, lang) {
    const { base, mine, theirs, time } = conflict;
    const part = (name) => panel.querySelector(`[data-${name}]`);
    part("time").textContent = time;
    for (const side of ["mine", "theirs"]) {
      part(`${side}-who`).replaceChildren(this.whose(conflict, side));
      part(`keep=${side}`).replaceChildren(this.use(conflict, side));
      fill(part(side), marked(base, conflict[side]), conflict[side], lang);
    }
    fill(part("base"), base, base, lang);
    showWhen(panel, "open");
    propose(areaOf(panel), combined(base, mine, theirs));
  }

  whose(conflict, side) {
    const name = conflict[`${side}_by`];
    return name === this.me ? say("yours") : name;
  }

  use(conflict, side) {
    const [name, other] = side === "mine" ? [conflict.mine_by, conflict.theirs_by] : [conflict.theirs_by, conflict.mine_by];
    if (name === this.me && (side === "mine" || other !== this.me)) return say("use-yours");
    if (other === this.me && name !== this.me) return say("use-theirs");
    return say("use-of", { who: name });
  }

  /** Its editor is made when the fold opens, like those of every closed part of a page. */
  prepareCombined(panel, id, lang) {
    const [area, format] = [areaOf(panel), panel.querySelector("input")];
    const label = panel.querySelector("[data-combine]");
    label.id = `${panel.id}-combine`;
    area.id = `${panel.id}-text`;
    format.id = `${panel.id}-format`;
    area.lang = lang;
    area.dataset.format = format.id;
    area.setAttribute("aria-labelledby", `${panel.id}-title ${label.id}`);
    area.addEventListener("editor:change", ({ detail }) => detail.byUser && this.keep(id));
  }

  async settle(id, keep) {
    const { panel, place: { saver } } = this.panels.get(id);
    if (panel.busy) return;
    panel.busy = true;
    warn(panel, "");
    const area = areaOf(panel);
    const html = keep === "edited" && area.editor ? contents(area.editor) : area.dataset.html;
    const answer = await this.send(id, { keep, html });
    panel.busy = false;
    if (answer.outcome !== "saved" && answer.outcome !== "unchanged") {
      const word = LINE_FIRST.includes(saver.state) ? "line-first" : "not-settled";
      warn(panel, answer.message ?? say(word).textContent);
      return;
    }
    this.changes += 1;
    saver.refresh(answer);
    const isHere = panel.contains(document.activeElement) || document.activeElement === document.body;
    if (answer.conflicts.some((one) => one.id === id)) {
      warn(panel, say("grown").textContent);
    } else if (keep === "edited") {
      area.opened = html;
      this.settled(id); // stays if its writer typed on in it before the answer came
    } else {
      this.remove(id);
    }
    this.show(answer.conflicts); // the other version grew meanwhile: it stands beside the choice
    if (isHere && !this.panels.has(id)) saver.box.focus(); // not if its writer went on in another box meanwhile
  }

  /** After the text itself, with the version that was on the page: the server settles no other. */
  async send(id, choice) {
    const shown = this.panels.get(id);
    const { place, conflict } = shown;
    if (!(await place.saver.flush())) return {};
    // What a colleague wrote on since is not what was chosen; what one wrote on oneself is.
    const { number } = conflict.mine_by === this.me ? shown.conflict : conflict;
    return this.client.post(`${this.saveUrl}conflicts/${id}/`, { ...choice, number });
  }
}

const areaOf = (panel) => panel.querySelector("textarea");
const isEdited = (area) => Boolean(area.editor) && contents(area.editor) !== area.opened;

/** A proposal that nobody has edited follows the versions it is made of. */
function propose(area, html) {
  if (isEdited(area)) return;
  area.dataset.html = html;
  if (!area.editor) return;
  putText(area.editor, html);
  area.opened = contents(area.editor);
}

/** The line below a text leads to a choice that is still open. */
function tellLine(panels, { line }) {
  const open = [...panels.values()].find(({ place, isSettled }) => place.line === line && !isSettled);
  line.conflict = open?.panel ?? null;
  line.show();
}

function showWhen(panel, state) {
  for (const part of panel.querySelectorAll("[data-shown-when]")) part.hidden = part.dataset.shownWhen !== state;
}

function warn(panel, sentence) {
  const trouble = panel.querySelector("[role=alert]");
  trouble.textContent = sentence;
  trouble.hidden = !sentence;
}

function fill(element, html, version, lang) {
  const page = new DOMParser().parseFromString(html, "text/html");
  element.lang = lang;
  element.replaceChildren(...(version ? page.body.childNodes : [say("removed")]));
}
