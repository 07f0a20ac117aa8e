// The requests to the server, and whose session it is. Every answer is an object with an `outcome`; the page's own two
// for what is no answer: "offline" (none came) and "trouble" (something came that is not the portal's word).
const PATIENCE = 15_000;
const SLOWEST = 4; // characters a millisecond: a long text needs its time on a slow line
const ASK_AGAIN = 4_000;
const KEPT_ALIVE = 20_000; // characters; a browser refuses more than 64 kB for all requests that outlive a page
const OUTCOMES = {
  200: ["saved", "unchanged"], 401: ["signed-out"], 403: ["token"], 409: ["other-user"], 410: ["closed"], 422: ["refused"],
};

export class SaveClient extends EventTarget {
  constructor({ user, token, tokenUrl }) {
    super();
    Object.assign(this, { user, token, tokenUrl });
    this.session = "open"; // or "signed-out", "other-user"; told as the event "session"
    addEventListener("focus", () => this.session !== "open" && this.askWhoseSession());
  }

  /** Sends one save, or one choice between two versions. A stale token is renewed on the way. */
  async post(url, body) {
    let answer = await this.postOnce(url, body);
    if (answer.outcome === "token" && (await this.askWhoseSession())) answer = await this.postOnce(url, body);
    if (answer.outcome === "token") answer = { outcome: this.session === "open" ? "trouble" : this.session };
    if (answer.outcome === "signed-out" || answer.outcome === "other-user") this.turn(answer.outcome);
    return answer;
  }

  async postOnce(url, body) {
    const text = JSON.stringify(body);
    const leaving = document.visibilityState === "hidden" && text.length < KEPT_ALIVE;
    const { status, answer } = await ask(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.token },
      body: text,
      keepalive: leaving, // what is on its way when a tab is closed still arrives
    });
    if (status === 413) return { outcome: "refused" }; // whatever stands before the portal found it too long
    if (!status || OUTCOMES[status]?.includes(answer?.outcome)) return answer;
    return { outcome: "trouble" };
  }

  /** A GET of JSON; null unless it came whole. */
  async get(url) {
    const { status, answer } = await ask(url, {});
    if (status === 401) this.turn("signed-out");
    return status === 200 ? answer : null;
  }

  /** Fetches a fresh token if the session is this person's; says whether it is. Never sends as somebody else. */
  async askWhoseSession() {
    const answer = await this.get(this.tokenUrl);
    if (!answer?.token) return false;
    const own = answer.user === this.user;
    if (own) this.renew(answer.token);
    this.turn(own ? "open" : "other-user");
    return own;
  }

  /** For the next save, and for the page's own forms. */
  renew(token) {
    this.token = token;
    for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = token;
  }

  turn(session) {
    if (session === this.session) return;
    this.session = session;
    clearInterval(this.asking);
    if (session !== "open") this.asking = setInterval(() => this.askWhoseSession(), ASK_AGAIN);
    this.dispatchEvent(new Event("session"));
  }
}

async function ask(url, options) {
  try {
    const signal = AbortSignal.timeout(PATIENCE + (options.body?.length ?? 0) / SLOWEST);
    const headers = { Accept: "application/json", ...options.headers };
    const response = await fetch(url, { cache: "no-store", credentials: "same-origin", signal, ...options, headers });
    const text = await response.text();
    return { status: response.status, answer: parsed(text) };
  } catch {
    return { status: 0, answer: { outcome: "offline" } };
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
