// One text on its way to the server: what is in its box, what the server has, and the save that is under way.
import { Keeper } from "./local_copy.js";
import { uuid } from "./tabs.js";

// Milliseconds by the clock that nobody can set back.
const PAUSE = 1_000; // after the last keystroke
const LONGEST = 5_000; // while somebody types on
const LONGEST_WAIT = 30_000; // between two attempts
export const STORE_PATIENCE = 1_000; // milliseconds
const NO_ANSWER = ["offline", "trouble"];

export const pause = (time) => new Promise((resolve) => { setTimeout(resolve, time); });

export class Saver extends EventTarget {
  /**
   * `text`: {section, contribution, language}, `contribution` null for an empty box. `base`: the revision it grew from.
   * `html`: what is in the box; `atServer`: what the server has of it, null if that is not known.
   * `box.put(html)` shows another text, unless it says false. `place` goes into the record: where the text belongs.
   */
  constructor({ text, base, html, atServer = html, box, place, client, store }) {
    super();
    Object.assign(this, { text, base, html, atServer, box, place, client });
    this.fromSent = false; // the text grew from what was sent as `base`, not from what merging made of it
    this.seen = base; // the newest revision that is in the box with all that others wrote
    this.attempt = null; // a save whose fate is not known: repeated as it is until an answer comes
    this.refusal = null; // {html, message}: not sent again until it changes
    this.failure = ""; // "offline" or "trouble" since the last attempt
    this.failures = 0;
    this.how = "typed";
    this.savedAt = "";
    this.wasFound = false;
    this.isShownAgain = false; // the server did not take it with the page's form, and put it back into its box
    this.keeper = new Keeper(store);
    client.addEventListener("session", () => this.sessionTurned());
    store.addEventListener("lost", () => this.keepAgain());
  }

  get hasUnsent() {
    return this.attempt !== null || this.html !== this.atServer;
  }

  /** Whether it would be gone with the page. */
  get isOnlyHere() {
    return this.hasUnsent && !this.keeper.holdsAll;
  }

  get isRefused() {
    return this.refusal !== null && this.refusal.html === this.html;
  }

  /** Whether there is something that the server may take: what it refused it refuses again. */
  get canSend() {
    return this.hasUnsent && (this.attempt !== null || !this.isRefused);
  }

  /** Whether somebody's fingers are on the keys: what others wrote would come under them in the middle of a word. */
  get isTyping() {
    return performance.now() - this.lastChange < PAUSE;
  }

  /** What is true of this text now. */
  get state() {
    if (!this.hasUnsent) return this.savedAt ? "saved" : "";
    if (this.client.session !== "open") return this.client.session;
    if (this.isRefused) return "refused";
    return this.failure || "saving";
  }

  changed(html, { pasted = false } = {}) {
    this.html = html;
    if (pasted) this.how = "pasted";
    this.lastChange = performance.now();
    this.firstChange ??= this.lastChange;
    this.keep();
    this.tell();
    this.plan();
  }

  /**
   * Takes over what a closed tab left and `keeper` holds: it goes on from there as if it had been typed here. False
   * while the box cannot show it. Nothing here waits: whatever is typed meanwhile would be written over.
   */
  adopt(record, keeper) {
    const { base, from_sent: fromSent, seen = fromSent ? base - 1 : base, attempt, html, how } = record;
    const hasArrived = !attempt && html === this.atServer;
    if (!hasArrived && !this.box.put(html)) return false;
    this.keeper = keeper;
    if (hasArrived) {
      this.keep();
      return true;
    }
    Object.assign(this, { base, seen, fromSent, attempt, how, wasFound: true });
    this.html = this.box.html;
    if (this.text.contribution === null) this.box.describeAs(attempt ?? record);
    this.tell();
    this.send();
    return true;
  }

  keep() {
    const kept = this.keeper.set(this.hasUnsent ? this.record() : null);
    Promise.race([kept, pause(STORE_PATIENCE)]).then(() => this.tell());
    return kept;
  }

  /** The browser's data were cleared: until it confirms the record anew, the text is only here. */
  keepAgain() {
    this.keeper.lose();
    this.tell();
    pause(STORE_PATIENCE).then(() => this.keep()); // in this very moment the browser refuses a new store
  }

  record() {
    const { base, seen, fromSent, attempt, html, how } = this;
    const about = this.text.contribution === null ? this.box.describe() : {};
    const grewFrom = { base, seen, from_sent: fromSent };
    return { ...this.place, ...this.text, ...about, ...grewFrom, attempt, html, how, at: Date.now() };
  }

  plan() {
    clearTimeout(this.timer);
    if (!this.canSend || this.sending || this.client.session !== "open") return;
    const due = this.failures
      ? this.failedAt + Math.min(LONGEST_WAIT, 1000 * 2 ** (this.failures - 1))
      : Math.min(this.lastChange + PAUSE, this.firstChange + LONGEST);
    this.timer = setTimeout(() => this.send(), Math.max(0, due - performance.now() || 0));
  }

  /** Sends what is not sent yet; one request at a time. Whether it arrived. */
  send() {
    this.sending ??= this.sendOnce().finally(() => {
      this.sending = null;
      this.plan();
      this.tell();
    });
    return this.sending;
  }

  /** Sends until nothing is left; stops at the first attempt that fails. */
  async flush() {
    while (this.hasUnsent && (await this.send()));
    return !this.hasUnsent;
  }

  async sendOnce() {
    clearTimeout(this.timer);
    if (this.client.session !== "open" || !this.canSend) return false;
    this.attempt ??= this.newAttempt();
    // An attempt is in the store before it is on its way: whoever finds it there repeats it under the same id.
    await Promise.race([this.keep(), pause(STORE_PATIENCE)]);
    const answer = await this.client.post(this.place.save_url, { user: this.client.user, ...this.attempt });
    return this.take(answer);
  }

  newAttempt() {
    const { section, contribution, language } = this.text;
    const { base, fromSent, html, how } = this;
    this.firstChange = null;
    this.how = "typed";
    const { passage_language = "", authority = "" } = contribution === null ? this.box.describe() : {};
    const id = uuid();
    return { id, section, contribution, language, base, from_sent: fromSent, html, how, passage_language, authority };
  }

  take(answer) {
    const { outcome, message } = answer;
    if (!this.attempt) return false; // thrown away meanwhile
    this.failure = NO_ANSWER.includes(outcome) ? outcome : "";
    this.failures = this.failure ? this.failures + 1 : 0;
    if (this.failure) this.failedAt = performance.now();
    if (outcome === "saved" || outcome === "unchanged") {
      this.arrived(answer);
    } else if (outcome === "refused" || outcome === "closed") {
      this.refusal = { html: this.attempt.html, message };
      this.attempt = null;
    }
    this.keep();
    return outcome === "saved" || outcome === "unchanged";
  }

  arrived({ outcome, contribution, number, html, merged, time, conflicts }) {
    const { attempt } = this;
    const typedOn = this.html !== attempt.html;
    const isFirst = this.text.contribution === null;
    // "unchanged" brings what stands now, which may be a colleague's; then nothing of ours grew from it.
    const mayBeOthers = number !== attempt.base || attempt.from_sent;
    const isOthers = outcome === "saved" ? merged : mayBeOthers && html !== attempt.html;
    this.attempt = this.refusal = null;
    this.atServer = attempt.html;
    this.savedAt = time;
    if (isFirst) this.text = { ...this.text, contribution };
    if (!isOthers) this.startFrom(number);
    else if (!typedOn && !this.isTyping && this.box.put(html)) this.showOthers(number);
    else if (outcome === "saved") Object.assign(this, { base: number, fromSent: true });
    if (isFirst) this.dispatchEvent(new CustomEvent("created", { detail: attempt }));
    this.dispatchEvent(new CustomEvent("arrived", { detail: { conflicts } }));
  }

  startFrom(number) {
    Object.assign(this, { base: number, seen: number, fromSent: false });
  }

  showOthers(number) {
    this.html = this.atServer = this.box.html;
    this.startFrom(number);
  }

  /** Shows a newer text of the server, where nobody's typing stands in its way. */
  refresh({ number, html }) {
    if (this.hasUnsent || this.sending || number <= this.seen || !this.box.put(html)) return;
    this.showOthers(number);
  }

  /**
   * A refused text goes with the page's form as well: under the same id, so that it is one save, whichever comes first.
   */
  async goAlong() {
    this.attempt ??= this.newAttempt();
    await Promise.race([this.keep(), pause(STORE_PATIENCE)]);
  }

  /** Its writer threw it away. */
  giveUp() {
    Object.assign(this, { attempt: null, atServer: this.html });
    return this.keep();
  }

  sessionTurned() {
    this.tell();
    if (this.client.session === "open" && this.hasUnsent) this.wake();
  }

  /** The connection may be back: no reason to wait any longer. */
  wake() {
    if (this.canSend) this.send();
  }

  tell() {
    this.dispatchEvent(new Event("state"));
  }
}
