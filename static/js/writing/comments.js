// The comments beside the text: a passage and its comment show each other, and a form is sent without leaving the page,
// so that the writer's text and cursor stay.
import { find, findAll, parseHtml } from "../dom.js";
import { clear, closeForm, fill, post, refill } from "./comment_form.js";
import { addressOf, Mark, paint, selectedQuote, textareaOf } from "./marks.js";
import { ReadMark, readTextOf, selectedInReadText } from "./read_texts.js";
import { putThread } from "./threads.js";

export class Comments {
  /** @type {Map<string, Mark | ReadMark>} By the key of the comment. */
  #marks = new Map();
  #chosen = "";
  #section = "";
  #isPainting = false;
  /** @type {ReturnType<typeof selectedInReadText>} */
  #selected = null;

  /** @param {import("./panel.js").Panel} panel */
  constructor(panel) {
    this.panel = panel;
    this.element = panel.element;
    this.said = find(this.element, "[data-comments-said]", HTMLElement);
    this.count = find(this.element, "[data-open-comments]", HTMLElement);
    this.element.addEventListener("submit", (event) => this.#onSubmit(event));
    this.element.addEventListener("click", (event) => this.#onClick(event));
    document.addEventListener("editor:comment", ({ target }) => {
      if (target instanceof HTMLTextAreaElement) this.#begin(target);
    });
    document.addEventListener("box:recovered", ({ target, detail }) => {
      const form = target instanceof HTMLTextAreaElement && target.closest("[data-new-comment]") && target.form;
      if (form) refill(form, detail);
    });
    this.element.addEventListener("toggle", ({ target }) => this.#onToggle(target), true); // it does not bubble
    document.addEventListener("comments:news", ({ detail }) => this.#onNews(detail));
    document.addEventListener("selectionchange", () => this.#rememberSelection());
    document.addEventListener("click", ({ target }) => {
      const textarea = target instanceof Element && target.closest(".editor")?.querySelector("textarea");
      if (textarea && target.closest(".ProseMirror")) this.#chooseAt(textarea);
      else if (target instanceof Element && target.closest("[data-contribution] > .prose")) this.#chooseRead();
    });
    for (const thread of findAll(this.element, "[data-comment]", HTMLElement)) this.#locate(thread);
    const { hash } = location;
    if (hash.startsWith("#comment-")) this.open(document.getElementById(hash.slice(1)));
  }

  /** @param {string} section The id of the section whose comments the panel shows. */
  follow(section) {
    this.#section = section;
    const beside = findAll(this.element, "[data-beside]", HTMLElement).find((one) => one.dataset.beside === section);
    const number = beside?.querySelector("[data-open]")?.getAttribute("data-open") ?? "0";
    this.count.textContent = number;
    this.count.hidden = number === "0";
  }

  /** @param {HTMLTextAreaElement} textarea That has got its editor. */
  add(textarea) {
    const { editor } = textarea;
    if (!editor) return;
    for (const thread of findAll(this.element, "[data-comment]", HTMLElement)) this.#locate(thread);
    editor.on("transaction", ({ transaction }) => {
      if (!transaction.docChanged) return;
      for (const mark of this.#marks.values()) if (mark.editor === editor) mark.follow(transaction.mapping);
      this.#paintSoon();
    });
  }

  /** @param {HTMLElement} thread */
  #locate(thread) {
    const { comment = "", contribution = "", language = "", words = "", occurrence } = thread.dataset;
    const passage = { words, occurrence: Number(occurrence) };
    const editor = words && textareaOf(contribution, language)?.editor;
    const text = words && !editor && !language && readTextOf(contribution);
    if (editor && this.#marks.get(comment)?.editor !== editor) {
      this.#marks.set(comment, new Mark(comment, editor, passage));
    } else if (text && !this.#marks.has(comment)) {
      this.#marks.set(comment, new ReadMark(comment, text, passage));
    } else return;
    this.#paintSoon();
  }

  /** Several changes in one frame are painted once. */
  #paintSoon() {
    if (this.#isPainting) return;
    this.#isPainting = true;
    requestAnimationFrame(() => {
      this.#isPainting = false;
      for (const mark of this.#marks.values()) {
        if (!(mark instanceof Mark)) continue;
        if (!mark.place) mark.find(); // the words may have come back
        const note = this.#thread(mark.comment)?.querySelector(".gone");
        if (note instanceof HTMLElement) note.hidden = mark.place !== null;
      }
      paint([...this.#marks.values()], this.#chosen);
    });
  }

  /** @param {string} comment */
  #thread(comment) {
    const thread = document.getElementById(`comment-${comment}`);
    return thread instanceof HTMLElement ? thread : null;
  }

  /** @param {string} comment */
  #choose(comment) {
    this.#chosen = comment;
    for (const one of findAll(this.element, ".thread", HTMLElement)) {
      one.classList.toggle("chosen", one.id === `comment-${comment}`);
    }
    this.#paintSoon();
  }

  /** @param {HTMLTextAreaElement} textarea Choose the comment at the cursor. */
  #chooseAt({ editor }) {
    const position = editor?.state.selection.from ?? -1;
    const marks = [...this.#marks.values()];
    this.#openMark(marks.find((one) => one instanceof Mark && one.editor === editor && one.has(position)));
  }

  /** Choose the comment on the words that were clicked in a text that is only read. */
  #chooseRead() {
    const { anchorNode = null, anchorOffset = 0, isCollapsed = false } = getSelection() ?? {};
    if (!anchorNode || !isCollapsed) return; // somebody selects
    const marks = [...this.#marks.values()];
    this.#openMark(marks.find((one) => one instanceof ReadMark && one.covers(anchorNode, anchorOffset)));
  }

  /** @param {Mark | ReadMark | undefined} mark */
  #openMark(mark) {
    if (mark) this.open(this.#thread(mark.comment));
    else if (this.#chosen) this.#choose("");
  }

  /** @param {HTMLElement | null} thread Show it in the panel. */
  open(thread) {
    const beside = thread?.closest("[data-beside]");
    if (!thread || !(beside instanceof HTMLElement)) return;
    this.panel.follow(beside.dataset.beside ?? "");
    this.follow(beside.dataset.beside ?? "");
    this.panel.open("comments");
    this.#choose(thread.id.replace("comment-", ""));
    this.panel.reveal(thread);
  }

  /** @param {MouseEvent} event */
  #onClick(event) {
    const target = event.target instanceof Element ? event.target : null;
    const thread = target?.closest("[data-comment]");
    if (thread instanceof HTMLElement) this.#choose(thread.dataset.comment ?? "");
    if (target?.closest("[data-no-passage]")) closeForm(/** @type {HTMLFormElement} */ (target.closest("form")));
    if (!target?.closest("[data-show-passage]") || !(thread instanceof HTMLElement)) return;
    const mark = this.#marks.get(thread.dataset.comment ?? "");
    const [range] = mark?.ranges ?? [];
    if (!range) return; // the link leads to the section
    event.preventDefault();
    range.startContainer.parentElement?.scrollIntoView({ block: "center" });
    if (event.detail > 0 || !(mark instanceof Mark) || !mark.place) return; // by keyboard the cursor goes there too
    mark.editor.commands.setTextSelection(mark.place.from);
    mark.editor.view.focus();
  }

  /** Remember what is selected in a text that is only read: pressing "New comment" takes the selection away. */
  #rememberSelection() {
    const { anchorNode = null, isCollapsed = true } = getSelection() ?? {};
    if (this.element.contains(anchorNode)) return;
    this.#selected = isCollapsed ? null : selectedInReadText();
    const form = this.#selected && this.#formOf(this.#selected.section);
    if (this.#selected && form?.closest("details")?.open) {
      fill(form, this.#selected.quote, this.#selected.contribution, "");
    }
  }

  /** @param {string} section */
  #formOf(section) {
    const name = `[data-beside="${CSS.escape(section)}"] [data-new-comment] form`;
    return findAll(this.element, name, HTMLFormElement)[0];
  }

  /** @param {EventTarget | null} fold A form for a new comment that was opened takes what is selected in its section. */
  #onToggle(fold) {
    if (!(fold instanceof HTMLDetailsElement) || !fold.open || !("newComment" in fold.dataset)) return;
    const form = find(fold, "form", HTMLFormElement);
    const section = fold.closest("[data-beside]")?.getAttribute("data-beside") ?? "";
    if (find(form, "[name=quote]", HTMLInputElement).value) return;
    if (this.#selected?.section === section) fill(form, this.#selected.quote, this.#selected.contribution, "");
  }

  /**
   * Open the form for a comment on what is selected.
   * @param {HTMLTextAreaElement} textarea
   */
  async #begin(textarea) {
    const { editor } = textarea;
    const quote = editor && selectedQuote(editor);
    const section = textarea.closest(".section")?.id ?? "";
    if (!quote) return;
    await textarea.saver?.flush(); // a new text has no key before it is saved
    const { contribution, language } = addressOf(textarea);
    const beside = findAll(this.element, "[data-beside]", HTMLElement).find((one) => one.dataset.beside === section);
    const fold = beside?.querySelector("[data-new-comment]");
    if (!contribution || !(fold instanceof HTMLDetailsElement)) {
      this.#say("saveFirst");
      return;
    }
    this.panel.follow(section);
    this.panel.open("comments");
    fold.hidden = false; // it is, where the page came without a text
    fold.open = true;
    const form = find(fold, "form", HTMLFormElement);
    fill(form, quote, String(contribution), language);
    const box = find(form, "textarea", HTMLTextAreaElement);
    box.focus({ preventScroll: true });
    this.panel.reveal(form);
  }

  /** @param {SubmitEvent} event */
  async #onSubmit(event) {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !("commentForm" in form.dataset)) return;
    event.preventDefault();
    if (form.getAttribute("aria-busy") === "true") return; // pressed twice
    form.setAttribute("aria-busy", "true");
    const { submitter } = event;
    const data = new FormData(form);
    if (submitter instanceof HTMLButtonElement && submitter.name) data.set(submitter.name, submitter.value);
    const answer = await post(form.action, data);
    form.removeAttribute("aria-busy");
    const error = find(form, ".field-error", HTMLElement);
    error.hidden = answer.outcome === "saved";
    error.textContent = answer.message ?? this.said.dataset.notSent ?? "";
    if (!answer.outcome) form.dispatchEvent(new CustomEvent("box:unanswered", { bubbles: true }));
    if (answer.outcome === "saved") this.#show(form, answer, String(data.get("act") ?? "add"));
  }

  /**
   * Show the comment as the server has it now.
   * @param {HTMLFormElement} form
   * @param {{ html?: string, section?: string, open?: number }} answer
   * @param {string} act
   */
  #show(form, { html = "", section = "", open = 0 }, act) {
    const isNew = form.closest(".thread") === null;
    clear(form);
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur(); // the thread is put in anew
    const thread = this.#put({ html, section, open });
    this.follow(section);
    if (isNew) closeForm(form);
    this.#choose(thread.dataset.comment ?? "");
    this.#say({ add: "added", settle: "settled", reopen: "reopened" }[act] ?? "answered");
    const [own] = findAll(thread, "textarea, summary, button", HTMLElement);
    const fold = thread.closest("details:not([open])");
    const focus = fold ? find(fold, "summary", HTMLElement) : own;
    focus?.focus({ preventScroll: true });
    if (focus) this.panel.reveal(focus);
  }

  /** @param {CommentAsShown} comment */
  #put(comment) {
    const thread = putThread(this.element, comment);
    this.#marks.delete(thread.id.replace("comment-", ""));
    this.#locate(thread);
    this.#paintSoon(); // the mark of one that was settled goes
    return thread;
  }

  /** @param {UpdatesAnswer["comments"]} news What colleagues said meanwhile, or this person in another window. */
  #onNews(news) {
    const codes = new Set();
    for (const comment of news) {
      const shown = document.getElementById(find(parseHtml(comment.html), ".thread", HTMLElement).id);
      if (Number(shown?.dataset.said ?? 0) >= comment.newest) continue; // it came with another answer
      this.#put(comment);
      if (comment.code) codes.add(comment.code);
    }
    this.follow(this.#section);
    const { news: words = "" } = this.said.dataset;
    if (codes.size) this.said.textContent = words.replace("{sections}", [...codes].join(", "));
  }

  /** @param {string} what */
  #say(what) {
    this.said.textContent = this.said.dataset[what] ?? "";
  }
}
