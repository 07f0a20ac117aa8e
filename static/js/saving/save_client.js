// Sends requests to the server and knows whose session it is. The answers are the server's JSON; "offline" and
// "trouble" stand for no answer and for one that is not the portal's, so that no caller needs to catch anything.
import { findAll } from "../dom.js";
import { Clock } from "./clock.js";

const LONGEST_ANSWER = 15_000; // ms
const SLOWEST_LINE = 4; // characters a millisecond: a long text gets the time that it needs
const CHECK_SESSION_EVERY = 4_000; // ms, while the session is not this person's
const LONGEST_KEEPALIVE = 20_000; // characters; a browser allows 64 kB for all requests that outlive a page
/** @type {Record<number, string[]>} The outcomes that may come with each status. */
const OUTCOMES = {
  200: ["saved", "unchanged"],
  401: ["signed-out"],
  403: ["token", "second-factor"],
  409: ["other-user"],
  410: ["closed"],
  422: ["refused"],
};

/**
 * @typedef {{ outcome: "token" }} StaleToken The server refused the token, not the text.
 * @typedef {Exclude<Session, "open">} NotOpen
 */
/** Outcomes of which the session is the reason, not the text. @type {NotOpen[]} */
const NOT_OPEN = ["signed-out", "other-user", "second-factor"];

/**
 * @param {string | undefined} outcome
 * @returns {outcome is NotOpen}
 */
const isNotOpen = (outcome) => NOT_OPEN.some((one) => one === outcome);

/** Dispatches "session" when the session changes hands, and "token" when there is a new token. */
export class SaveClient extends EventTarget {
  /** @type {Session} */
  session = "open";
  /** @type {unknown} */
  #timer = null;

  /**
   * @param {object} options
   * @param {number} options.user The person whom the page was made for: nothing is sent as somebody else.
   * @param {string} options.token The page's token against forged requests.
   * @param {string} options.tokenUrl Where to get another one.
   * @param {typeof fetch} [options.fetch]
   * @param {Clock} [options.clock]
   * @param {() => boolean} [options.isLeaving] Whether the page may be gone before the answer comes.
   */
  constructor({ user, token, tokenUrl, fetch, clock = new Clock(), isLeaving }) {
    super();
    this.user = user;
    this.token = token;
    this.tokenUrl = tokenUrl;
    this.fetch = fetch ?? ((...request) => globalThis.fetch(...request));
    this.clock = clock;
    this.isLeaving = isLeaving ?? (() => document.visibilityState === "hidden");
  }

  /**
   * Send one save, or one choice between two versions. Renew a stale token on the way.
   * @param {string} url
   * @param {object} body
   * @returns {Promise<SaveAnswer>}
   */
  async post(url, body) {
    let answer = await this.#postOnce(url, body);
    if (answer.outcome === "token" && (await this.checkSession())) answer = await this.#postOnce(url, body);
    if (answer.outcome === "token") answer = { outcome: this.session === "open" ? "trouble" : this.session };
    if (isNotOpen(answer.outcome)) this.#setSession(answer.outcome);
    return answer;
  }

  /**
   * @param {string} url
   * @param {object} body
   * @returns {Promise<SaveAnswer | StaleToken>}
   */
  async #postOnce(url, body) {
    const text = JSON.stringify(body);
    const { status, answer } = await this.#request(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.token },
      body: text,
      keepalive: this.isLeaving() && text.length < LONGEST_KEEPALIVE, // arrives although the tab is closed
    });
    if (status === 0) return { outcome: "offline" };
    if (status === 413) return { outcome: "refused" }; // a proxy before the portal finds the text too long
    if (OUTCOMES[status]?.includes(answer?.outcome)) return answer;
    return { outcome: "trouble" };
  }

  /**
   * Get JSON; null unless a whole answer came.
   * @param {string} url
   * @returns {Promise<any>}
   */
  async get(url) {
    const { status, answer } = await this.#request(url, {});
    if (status !== 200 && isNotOpen(answer?.outcome)) this.#setSession(answer.outcome);
    return status === 200 ? answer : null;
  }

  /** Ask whose session it is, and take the fresh token if it is this person's. Return whether it is. */
  async checkSession() {
    const answer = await this.get(this.tokenUrl);
    if (!answer?.token) return false;
    const isOwn = answer.user === this.user;
    if (isOwn) {
      this.token = answer.token;
      this.dispatchEvent(new Event("token"));
    }
    this.#setSession(isOwn ? "open" : "other-user");
    return isOwn;
  }

  /** @param {Session} session */
  #setSession(session) {
    if (session === this.session) return;
    this.session = session;
    this.clock.cancel(this.#timer);
    this.#checkLater();
    this.dispatchEvent(new Event("session"));
  }

  #checkLater() {
    if (this.session === "open") return;
    this.#timer = this.clock.after(() => {
      this.checkSession();
      this.#checkLater();
    }, CHECK_SESSION_EVERY);
  }

  /**
   * Make a request. The status is 0 where no answer came, the answer null where it is not JSON.
   * @param {string} url
   * @param {RequestInit & { body?: string }} options
   * @returns {Promise<{ status: number, answer: any }>}
   */
  async #request(url, options) {
    const signal = this.clock.timeout(LONGEST_ANSWER + (options.body?.length ?? 0) / SLOWEST_LINE);
    const headers = { Accept: "application/json", ...options.headers };
    try {
      const always = /** @type {RequestInit} */ ({ cache: "no-store", credentials: "same-origin", signal });
      const response = await this.fetch(url, { ...always, ...options, headers });
      return { status: response.status, answer: parseJson(await response.text()) };
    } catch {
      return { status: 0, answer: null };
    }
  }
}

/** @param {string} text */
function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * Return a client for this page: it looks for the session when the window comes to the front, and the page's own forms
 * get each new token.
 * @param {{ user: number, token: string, tokenUrl: string }} options
 */
export function clientForPage(options) {
  const client = new SaveClient(options);
  addEventListener("focus", () => {
    if (client.session !== "open") client.checkSession();
  });
  client.addEventListener("token", () => {
    for (const field of findAll(document, "input[name=csrfmiddlewaretoken]", HTMLInputElement)) {
      field.value = client.token;
    }
  });
  return client;
}
