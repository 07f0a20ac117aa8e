// The page where one writes, besides saving and the editor: the panel, the states in the head, words, and keys.
import { find, findAll } from "../dom.js";
import { Comments } from "./comments.js";
import { Finder } from "./find.js";
import { Panel, PHONE } from "./panel.js";
import { offerSplit } from "./split.js";
import { Splitter } from "./splitter.js";
import { showState } from "./states.js";
import { followTranslations } from "./translation_tab.js";
import { allWords, showWords } from "./words.js";

const sections = findAll(document, ".writing .section", HTMLElement);
const panels = findAll(document, "[data-panel]", HTMLElement).map((element) => new Panel(element));
for (const element of findAll(document, "[data-splitter]", HTMLElement)) {
  new Splitter(element, find(document, ".bench", HTMLElement), panels[0]?.user ?? "");
}
for (const { element } of panels) followTranslations(element);
const comments = panels.map((panel) => new Comments(panel));
const places = findAll(document, "[data-state-of]", HTMLAnchorElement);

/**
 * Let what sticks below the head, and what is scrolled to, know how much of the window the head takes. On a phone, an
 * open text of the goal scrolls away, and the line below it stays: whether everything is saved.
 */
function measureHead() {
  const isStuck = getComputedStyle(head).position === "sticky";
  const [goal] = findAll(head, ".goal-text[open]", HTMLElement);
  const away = goal && PHONE.matches ? goal.offsetTop + goal.offsetHeight : 0;
  const { style } = document.documentElement;
  style.setProperty("--head-top", `${-away}px`);
  style.setProperty("--head", isStuck ? `${head.offsetHeight - away}px` : "0px");
}
const head = find(document, ".workhead", HTMLElement);
new ResizeObserver(measureHead).observe(head);
addEventListener("resize", measureHead);

/** @param {string} id */
function moveTo(id) {
  for (const one of [...panels, ...comments]) one.follow(id);
  for (const place of places) {
    if (place.dataset.stateOf === id) place.setAttribute("aria-current", "true");
    else place.removeAttribute("aria-current");
  }
}

/** Return the section in which the writer is: the one with the focus, or the first that is in sight. */
function sectionInSight() {
  const top = head.getBoundingClientRect().bottom + 8;
  return sections.find((section) => section.getBoundingClientRect().bottom > top + 80) ?? sections.at(-1);
}

/** @param {EventTarget | null} target */
const sectionOf = (target) => (target instanceof Element ? target.closest(".section") : null);

document.addEventListener("focusin", ({ target }) => {
  const section = sectionOf(target);
  if (section) moveTo(section.id);
});
let waiting = false;
addEventListener(
  "scroll",
  () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      if (sectionOf(document.activeElement)) return; // it follows the cursor
      const section = sectionInSight();
      if (section) moveTo(section.id);
    });
  },
  { passive: true },
);
const linked = sections.find((section) => section.id === location.hash.slice(1));
const first = linked ?? sectionInSight();
if (first) moveTo(first.id);

const plurals = new Intl.PluralRules(document.documentElement.lang);
const bench = find(document, ".bench", HTMLElement);

/** @param {number} number */
function inWords(number) {
  const { wordsOne = "", wordsOther = "" } = bench.dataset;
  return (plurals.select(number) === "one" ? wordsOne : wordsOther).replace("{number}", String(number));
}

let counting = false;
for (const type of ["editor:mount", "editor:change"]) {
  document.addEventListener(type, ({ target }) => {
    if (target instanceof HTMLTextAreaElement) showWords(target, inWords);
    if (target instanceof HTMLTextAreaElement && type === "editor:mount") {
      offerSplit(target);
      for (const one of comments) one.add(target);
    }
    if (counting) return;
    counting = true;
    requestAnimationFrame(() => {
      counting = false;
      for (const place of findAll(document, "[data-all-words]", HTMLElement)) place.textContent = inWords(allWords());
    });
  });
}
document.addEventListener("text:saved", ({ target }) => {
  const section = sectionOf(target);
  if (section) showState(section, places);
});

for (const element of findAll(document, "[data-finder]", HTMLElement)) new Finder(element);

// No digits, brackets or letters with AltGr: they are elsewhere on other keyboards. Each key has a button.
document.addEventListener("keydown", (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const way = { PageDown: "next", PageUp: "previous" }[event.key];
  const button = way && document.querySelector(`[data-go="${way}"]`);
  if (!(button instanceof HTMLElement)) return;
  event.preventDefault();
  button.click();
});
