// What others do on the same page: their newer texts are shown where nothing of one's own is unsent, who writes is
// said, and paragraphs that two people changed are shown with both versions.
const EVERY = 10_000;

export class Colleagues {
  /** `texts()`: the page's texts as [{saver, line}]. */
  constructor({ client, nowUrl, texts, panels }) {
    Object.assign(this, { client, nowUrl, texts, panels });
    setInterval(() => this.ask(), EVERY);
    addEventListener("focus", () => this.ask());
    document.addEventListener("visibilitychange", () => this.ask());
  }

  async ask() {
    if (document.visibilityState === "hidden" || this.client.session !== "open") return;
    this.isAskedAgain = this.asking;
    if (this.asking) return;
    this.asking = true;
    const { changes } = this.panels;
    const answer = await this.client.get(`${this.nowUrl}?known=${encodeURIComponent(this.known())}`);
    this.asking = false;
    if (answer?.texts) this.show(answer, changes);
    if (this.isAskedAgain) this.ask();
  }

  show(answer, changes) {
    for (const text of answer.texts) {
      const saver = this.saverOf(text);
      if (saver && !saver.isTyping) saver.refresh(text);
    }
    for (const { saver, line } of this.texts()) {
      const { contribution, language } = saver.text;
      if (contribution === null || language) continue;
      const here = answer.writing.filter((one) => one.contribution === contribution);
      line.showWriters(here.map(({ who }) => who));
    }
    if (changes === this.panels.changes) this.panels.showOnly(answer.conflicts); // else the answer is older than ours
  }

  known() {
    const known = this.texts().filter(({ saver }) => saver.text.contribution !== null);
    return known.map(({ saver: { text, seen } }) => `${text.contribution}:${text.language}:${seen}`).join(",");
  }

  saverOf({ contribution, language }) {
    const isIt = ({ saver: { text } }) => text.contribution === contribution && text.language === language;
    return this.texts().find(isIt)?.saver;
  }
}
