// What happens when somebody leaves a page on which texts are being saved: buttons wait for the saves, and the browser
// asks before a text is lost that is nowhere but in the page.

const LONGEST_WAIT = 3_000; // ms that a button waits for the saves
/** States in which a button that submits the page's form would lose the text, or could not save it. */
const STUCK = ["offline", "signed-out", "other-user", "second-factor"];

/**
 * @typedef {import("./page_text.js").PageText} PageText
 * @typedef {import("./saver.js").Saver} Saver
 */

/**
 * Let every form of the page, the language switch among them, wait until the texts are saved.
 * @param {HTMLFormElement} form The page's form with the texts.
 * @param {PageText[]} texts
 * @param {import("./conflicts.js").ConflictPanels} panels
 */
export function leaveAfterSaving(form, texts, panels) {
  let isWaiting = false;
  let hasWaited = false;
  let isSubmitted = false; // the form submits the texts that are nowhere else
  const savers = () => texts.map(({ saver }) => saver);

  document.addEventListener("submit", async (event) => {
    const target = /** @type {HTMLFormElement} */ (event.target);
    const { submitter } = event;
    if (hasWaited || event.defaultPrevented || !savers().some((saver) => saver.hasUnsent)) return;
    event.preventDefault();
    if (isWaiting) return;
    isWaiting = true;
    await saveAll(savers());
    if (target === form) await prepareRefused(texts, submitter);
    isWaiting = false;
    const stuck = texts.find(({ saver }) => isStuck(saver));
    if (target === form && stuck) {
      stuck.line.element.scrollIntoView({ block: "center" });
      return;
    }
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
    const isLost = panels.areOnlyInPage || (!isSubmitted && savers().some((saver) => saver.isOnlyInPage));
    isSubmitted = false; // somebody who is asked may stay
    if (isLost) event.preventDefault();
  });
}

/**
 * @param {Saver[]} savers
 */
async function saveAll(savers) {
  const [{ clock }] = savers;
  await Promise.race([Promise.all(savers.map((saver) => saver.flush())), clock.pause(LONGEST_WAIT)]);
  await clock.pause(0); // a form cannot be submitted from within its own submit event
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
 * Whether the pressed button still belongs to the form: it may have left the page meanwhile.
 * @param {HTMLElement | null} submitter
 * @param {HTMLFormElement} target
 */
function isButtonOf(submitter, target) {
  return /** @type {HTMLButtonElement | null} */ (submitter)?.form === target;
}
