// A paragraph that two people changed at the same time: both versions side by side above its text, and the choice.
import { contents } from "./editor.js";
import { announce, say } from "./save_line.js";
import { combined, marked } from "./words.js";

export class Panels {
  /** `find(conflict)`: where its text is on the page, {saver, line, container, lang}, or nothing. */
  constructor({ client, saveUrl, find }) {
    Object.assign(this, { client, saveUrl, find });
    this.template = document.getElementById("conflict-panel");
    this.me = this.template.dataset.me;
    this.panels = new Map();
    this.changes = 0;
  }

  /** All conflicts that are open now; what is not among them has been settled. */
  showOnly(conflicts) {
    const open = new Set(conflicts.map(({ id }) => id));
    for (const id of this.panels.keys()) if (!open.has(id)) this.remove(id);
    this.show(conflicts);
  }

  show(conflicts) {
    for (const conflict of conflicts) {
      const place = this.find(conflict);
      const looks = JSON.stringify(conflict);
      if (!place || this.panels.get(conflict.id)?.looks === looks) continue;
      const isNew = !this.panels.has(conflict.id);
      const panel = this.build(conflict, place);
      (this.panels.get(conflict.id)?.panel ?? document.getElementById(panel.id))?.remove();
      place.container.append(panel);
      this.panels.set(conflict.id, { panel, looks, place });
      place.line.conflict = panel;
      place.line.show();
      if (isNew) announce("conflict", panel.querySelector("[data-title]").textContent);
    }
  }

  remove(id) {
    const { panel, place } = this.panels.get(id) ?? {};
    if (!this.panels.delete(id)) return; // the page heard from the server that it is settled before its own answer came
    panel.remove();
    const others = [...this.panels.values()].filter((one) => one.place.line === place.line);
    place.line.conflict = others[0]?.panel ?? null;
    place.line.show();
  }

  build(conflict, place) {
    const { id, base, mine, theirs, time } = conflict;
    const panel = this.template.content.firstElementChild.cloneNode(true);
    const part = (name) => panel.querySelector(`[data-${name}]`);
    panel.id = `conflict-${id}`;
    part("title").id = `${panel.id}-title`;
    panel.setAttribute("aria-labelledby", part("title").id);
    part("time").textContent = time;
    for (const side of ["mine", "theirs"]) {
      part(`${side}-who`).append(this.whose(conflict, side));
      part(`keep=${side}`).append(this.use(conflict, side));
      fill(part(side), marked(base, conflict[side]), conflict[side], place.lang);
    }
    fill(part("base"), base, base, place.lang);
    this.prepareCombined(panel, combined(base, mine, theirs), place.lang);
    panel.addEventListener("click", (event) => {
      const { keep } = event.target.closest("[data-keep]")?.dataset ?? {};
      if (keep) this.settle(conflict, keep, panel, place);
    });
    return panel;
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
  prepareCombined(panel, html, lang) {
    const [area, format] = [panel.querySelector("textarea"), panel.querySelector("input")];
    const label = panel.querySelector("[data-combine]");
    label.id = `${panel.id}-combine`;
    area.id = `${panel.id}-text`;
    format.id = `${panel.id}-format`;
    area.lang = lang;
    area.dataset.format = format.id;
    area.dataset.html = html;
    area.setAttribute("aria-labelledby", `${panel.id}-title ${label.id}`);
  }

  async settle(conflict, keep, panel, { saver }) {
    if (panel.busy) return;
    panel.busy = true;
    const area = panel.querySelector("textarea");
    const html = keep === "edited" && area.editor ? contents(area.editor) : area.dataset.html;
    const isSaved = await saver.flush();
    const answer = isSaved ? await this.client.post(`${this.saveUrl}conflicts/${conflict.id}/`, { keep, html }) : {};
    panel.busy = false;
    if (answer.outcome !== "saved" && answer.outcome !== "unchanged") {
      const trouble = panel.querySelector("[role=alert]");
      trouble.textContent = answer.message ?? say("not-settled").textContent;
      trouble.hidden = false;
      return;
    }
    this.changes += 1;
    saver.refresh(answer);
    const isHere = panel.contains(document.activeElement) || document.activeElement === document.body;
    this.remove(conflict.id);
    this.show(answer.conflicts); // the other version grew meanwhile: it stands beside the choice
    if (isHere) saver.box.focus(); // not from another box, in which its writer went on before the answer came
  }
}

function fill(element, html, version, lang) {
  const page = new DOMParser().parseFromString(html, "text/html");
  element.lang = lang;
  element.replaceChildren(...(version ? page.body.childNodes : [say("removed")]));
}
