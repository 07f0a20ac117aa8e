// What happens when somebody leaves a page on which texts are being saved: buttons wait for the saves, and the browser
// asks before a text is lost that is nowhere but in the page.

import { findAll } from "../dom.js";

const LONGEST_WAIT = 3_000; // ms that a button waits for the saves
/** States in which a button that submits the page's form would lose the text, or could not save it. */
const STUCK = ["offline", "signed-out", "other-user", "second-factor"];

/**
 * @typedef {import("./page_text.js").PageText} PageText
 * @typedef {import("./saver.js").Saver} Saver
 */

/**
 * Let every form of the page, the language switch among them, wait until the texts are saved.
 * @param {object} options
 * @param {HTMLFormElement} options.form The page's form with the texts.
 * @param {PageText[]} options.texts
 * @param {import("./conflicts.js").ConflictPanels} options.panels
 * @param {import("./fields.js").Fields} options.fields
 */
export function leaveAfterSaving({ form, texts, panels, fields }) {
  let isWaiting = false;
  let hasWaited = false;
  let isSubmitted = false; // the form submits the texts that are nowhere else
  const savers = () => texts.map(({ saver }) => saver);

  document.addEventListener("submit", async (event) => {
    const target = /** @type {HTMLFormElement} */ (event.target);
    const { submitter } = event;
    const isSave = target === form && isSaveButton(submitter);
    const all = [...savers(), ...fields.savers];
    if (hasWaited || event.defaultPrevented || !(isSave || all.some((saver) => saver.hasUnsent))) return;
    event.preventDefault();
    if (isWaiting) return;
    isWaiting = true;
    await saveAll(all, panels.client.clock);
    if (target === form) await prepareRefused(texts, submitter);
    isWaiting = false;
    const stuck = texts.find(({ saver }) => isStuck(saver)) ?? fields.all.find(({ saver }) => isFieldStuck(saver));
    if (target === form && stuck) {
      stuck.line.element.scrollIntoView({ block: "center" });
      return;
    }
    if (isSave && !all.some((saver) => saver.hasUnsent) && !needsForm(form, fields)) return; // all of it is saved
    isSubmitted = target === form;
    hasWaited = true;
    target.requestSubmit(isButtonOf(submitter, target) ? submitter : null);
    hasWaited = false;
  });
  form.addEventListener("formdata", ({ formData }) => {
    for (const { saver, shown } of texts) shown?.box.fillFormData(formData, saver);
  });
  addEventListener("pageshow", () => {
    isSubmitted = false;
  });
  addEventListener("beforeunload", (event) => {
    const isUnsaved = savers().some((saver) => saver.isOnlyInPage) || fields.savers.some((saver) => saver.hasUnsent);
    const isLost = panels.areOnlyInPage || (!isSubmitted && isUnsaved);
    isSubmitted = false; // somebody who is asked may stay
    if (isLost) event.preventDefault();
  });
}

/**
 * @param {(Saver | import("./field_saver.js").FieldSaver)[]} savers
 * @param {import("./clock.js").Clock} clock
 */
async function saveAll(savers, clock) {
  await Promise.race([Promise.all(savers.map((saver) => saver.flush())), clock.pause(LONGEST_WAIT)]);
  await clock.pause(0); // a form cannot be submitted from within its own submit event
}

/**
 * Whether the pressed button only saves: it need not load the page again.
 * @param {HTMLElement | null} submitter
 */
const isSaveButton = (submitter) => submitter instanceof HTMLButtonElement && submitter.name === "at";

/**
 * Whether the form has something that no script saves: a box that stayed plain, or fields of a box without a text.
 * @param {HTMLFormElement} form
 * @param {import("./fields.js").Fields} fields
 */
function needsForm(form, fields) {
  const boxes = findAll(form, "textarea[data-text]", HTMLTextAreaElement);
  const hasPlain = boxes.some(({ saver, value, defaultValue }) => !saver && value !== defaultValue);
  return hasPlain || fields.needForm || form.querySelector("[aria-invalid=true]") !== null;
}

/**
 * The form submits refused texts, and the server shows them again in their boxes with the reason. Dashes are thrown
 * away where "nothing to report" is said instead.
 * @param {PageText[]} texts
 * @param {HTMLElement | null} submitter
 */
async function prepareRefused(texts, submitter) {
  for (const { saver, shown } of texts) {
    if (!shown || !saver.isRefused) continue;
    if (shown.box.isNothingToReport(submitter)) await saver.discard();
    else await saver.prepareForForm();
  }
}

/**
 * Whether submitting is of no use, or the form could lose what is nowhere else. What is refused it brings back.
 * @param {Saver} saver
 */
function isStuck(saver) {
  return STUCK.includes(saver.state) || (saver.isOnlyInPage && !saver.isRefused);
}

/**
 * Whether the form would only lose the field's value.
 * @param {import("./field_saver.js").FieldSaver} saver
 */
const isFieldStuck = (saver) => saver.hasUnsent && STUCK.includes(saver.state);

/**
 * Whether the pressed button still belongs to the form: it may have left the page meanwhile.
 * @param {HTMLElement | null} submitter
 * @param {HTMLFormElement} target
 */
function isButtonOf(submitter, target) {
  return /** @type {HTMLButtonElement | null} */ (submitter)?.form === target;
}
