// Which tabs of this browser are open: each holds a lock of its own for as long as its page lives, also when it
// crashes or the computer does.

/** A random id, also where the browser gives none (a page that is not served over HTTPS). */
export function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

export const TAB = uuid();
const { locks } = navigator;
const nameOf = (tab) => `unsent-text-of-${tab}`;
const LONG_AGO = 60_000; // without locks a text that nobody touched for so long counts as left behind

/** Settled once this tab can be seen to be open. */
export const announced = new Promise((resolve) => {
  if (!locks) resolve();
  else locks.request(nameOf(TAB), () => new Promise(() => resolve())).catch(resolve);
});

export async function openTabs() {
  if (!locks) return null;
  const { held } = await locks.query();
  return new Set(held.map(({ name }) => name));
}

/** Whether a record belongs to a tab that is open now and looks after it; `open` comes from openTabs(). */
export function isLookedAfter(record, open) {
  if (record.tab === TAB) return true;
  return open ? open.has(nameOf(record.tab)) : Date.now() - record.at < LONG_AGO;
}

/** Calls `then` as soon as that tab is closed. */
export function whenClosed(tab, then) {
  locks?.request(nameOf(tab), then).catch(() => {});
}
