// Knows which tabs of this browser are open. Each tab holds a Web Lock for as long as its page lives; the browser
// releases the lock when the page is closed or crashes, so that another tab can take over what it left in the store.
import { uuid } from "./uuid.js";

/** The id of this tab, new with every page. */
export const TAB = uuid();

const { locks } = navigator; // undefined where a page does not come over HTTPS
const lockOf = (/** @type {string} */ tab) => `unsent-text-of-${tab}`;
const ABANDONED_AFTER = 60_000; // ms; without locks, a record that was not written for so long belongs to a closed tab

/**
 * Fulfilled once other tabs can see that this one is open. No record may be stored before.
 * @type {Promise<void>}
 */
export const tabIsKnown = new Promise((resolve) => {
  if (!locks) resolve();
  else locks.request(lockOf(TAB), () => new Promise(() => resolve())).catch(() => resolve()); // held for ever
});

/**
 * Return the names of the locks that open tabs hold, or null where the browser has no locks.
 * @returns {Promise<Set<string | undefined> | null>}
 */
export async function openTabs() {
  if (!locks) return null;
  const { held = [] } = await locks.query();
  return new Set(held.map(({ name }) => name));
}

/**
 * Tell whether the tab that wrote this record is still open and sends it. `open` comes from openTabs().
 * @param {{ tab: string, at: number }} record
 * @param {Set<string | undefined> | null} open
 */
export function belongsToOpenTab(record, open) {
  if (record.tab === TAB) return true;
  return open ? open.has(lockOf(record.tab)) : Date.now() - record.at < ABANDONED_AFTER;
}

/**
 * Call `callback` as soon as that tab is closed. It runs while the tab's lock is held here.
 * @param {string} tab
 * @param {() => void} callback
 */
export function onTabClosed(tab, callback) {
  locks?.request(lockOf(tab), callback).catch(() => {});
}

/** @type {BroadcastChannel | null} */
let channel = null;
function openChannel() {
  channel ??= new BroadcastChannel("saved");
  return channel;
}

/** Tell the other tabs of this browser that the server has a newer text. */
export const tellOtherTabs = () => openChannel().postMessage("saved");

/**
 * Call `callback` when another tab of this browser has saved a text.
 * @param {() => void} callback
 */
export const onOtherTabSaved = (callback) => openChannel().addEventListener("message", callback);
