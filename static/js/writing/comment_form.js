// The forms of comments: what is filled in, taken out and sent.
import { find } from "../dom.js";
import { Clock } from "../saving/clock.js";

/** @typedef {import("./quotes.js").Quote} Quote */

const LONGEST_ANSWER = 15_000; // ms

/**
 * Fill the hidden fields of the form for a new comment.
 * @param {HTMLFormElement} form
 * @param {Quote | null} quote
 * @param {string} contribution
 * @param {string} language
 */
export function fill(form, quote, contribution, language) {
  const values = { language, quote: quote?.words ?? "", before: quote?.before ?? "", after: quote?.after ?? "" };
  for (const [name, value] of Object.entries(values)) find(form, `[name=${name}]`, HTMLInputElement).value = value;
  const select = find(form, "[name=contribution]", HTMLSelectElement);
  if (contribution && ![...select.options].some(({ value }) => value === contribution)) {
    select.add(new Option("", contribution)); // a text that was begun on this page
  }
  if (contribution) select.value = contribution;
  const shown = find(form, "[data-quote]", HTMLElement);
  shown.textContent = quote ? `“${quote.words}”` : "";
  shown.hidden = !quote;
  for (const name of ["[data-no-quote]", "[data-choose-text]"]) find(form, name, HTMLElement).hidden = Boolean(quote);
  find(form, "[data-no-passage]", HTMLElement).hidden = !quote;
  noteInput(form); // what was typed before is kept with this passage
}

/** @param {HTMLFormElement} form */
const noteInput = (form) => form.querySelector("textarea")?.dispatchEvent(new Event("input", { bubbles: true }));

/**
 * Fill in the passage of a comment that the store of kept boxes had.
 * @param {HTMLFormElement} form
 * @param {Record<string, string>} fields
 */
export function refill(form, { quote = "", before = "", after = "", contribution = "", language = "" }) {
  fill(form, quote ? { words: quote, before, after } : null, contribution, language);
}

/** @param {HTMLFormElement} form What was sent, or is not wanted, goes, also from the store of kept boxes. */
export function clear(form) {
  form.reset();
  noteInput(form);
}

/** @param {HTMLFormElement} form The form for a new comment. */
export function closeForm(form) {
  clear(form);
  fill(form, null, "", "");
  const fold = form.closest("details");
  if (fold) fold.open = false;
}

/**
 * Send a form; an answer that is not the portal's, or none, is no outcome.
 * @param {string} url
 * @param {FormData} data
 * @returns {Promise<{ outcome?: string, message?: string, html?: string, section?: string, open?: number }>}
 */
export async function post(url, data) {
  try {
    const response = await fetch(url, {
      method: "POST",
      body: data,
      headers: { Accept: "application/json" },
      credentials: "same-origin",
      signal: new Clock().timeout(LONGEST_ANSWER),
    });
    return await response.json();
  } catch {
    return {};
  }
}
