// The numbers of the page of a translation, as they are since the last save: of this section, and of the whole language.
import { byId, find, findAll } from "../dom.js";

/**
 * @param {string} sentence
 * @param {number} done
 * @param {number} total
 */
const filled = (sentence, done, total) => sentence.replace("{done}", String(done)).replace("{total}", String(total));

/**
 * Show how many rows are done: in the head of the section, in the outline, and in the tab of the language.
 * @param {HTMLElement[]} units
 */
export function showCounts(units) {
  const { count = "", of = "" } = byId("part-form", HTMLFormElement).dataset;
  const total = units.length;
  const done = units.filter((unit) => !unit.hasAttribute("data-left")).length;
  const isStale = units.some((unit) => unit.dataset.state === "stale");
  find(document, "[data-section-count]", HTMLElement).textContent = filled(count, done, total);
  const place = find(document, ".toc a[aria-current]", HTMLElement);
  const progress = find(place, "progress", HTMLProgressElement);
  const before = progress.value; // what was done of this section until now
  progress.value = done;
  const [spoken, shown] = findAll(place, "[data-nums] > span", HTMLElement);
  spoken.textContent = filled(count, done, total);
  shown.textContent = `${done}/${total}`;
  find(place, ".sign", HTMLElement).className = `sign ${done === total ? "done" : isStale ? "stale" : "none"}`;
  const way = find(document, "[data-way] .nums", HTMLElement);
  const [wayDone = 0, wayTotal = 0] = (way.textContent ?? "").match(/\d+/g)?.map(Number) ?? [];
  way.textContent = filled(of, wayDone + done - before, wayTotal);
}
