// What is kept on this computer: nothing typed is lost when a page is closed, and every text is encrypted.
import assert from "node:assert/strict";
import { beforeEach, suite, test } from "node:test";
import { LocalCopy } from "../../static/js/saving/local_copy.js";
import { Store } from "../../static/js/saving/store.js";
import { saverWithoutBox } from "../../static/js/saving/without_box.js";
import { FakeBrowser, FakePortal, KEY, PLACE, saved, settle, USER } from "./doubles.js";

/** @type {FakeBrowser} */
let browser;
/** @type {FakeBrowser["clock"]} */
let clock;
/** @type {FakeBrowser["network"]} */
let network;

beforeEach(() => {
  browser = new FakeBrowser();
  ({ clock, network } = browser);
});

const ADDRESS = { section: "2.1.A", contribution: 12, language: "" };

/**
 * @param {string} html
 * @returns {UnsentRecord}
 */
const record = (html, at = 1) => ({ ...PLACE, ...ADDRESS, base: 0, html, how: "typed", at });

const newStore = (key = KEY, user = USER) => new Store({ user, key });

/** Return the records as another page of the same person reads them. */
async function recordsOfOtherTab() {
  const { records } = await newStore().all();
  return records;
}

suite("a text that is not saved", () => {
  test("it is stored at each change, and deleted once it is saved", async () => {
    const { saver, type } = browser.page();
    type("a");
    assert.equal(saver.isOnlyInPage, true);
    await settle();
    assert.equal(saver.isOnlyInPage, false);
    type("ab");
    await settle();
    assert.deepEqual(
      (await recordsOfOtherTab()).map(({ html }) => html),
      ["ab"],
    );
    await clock.advance(1_000);
    network.saves[0].respond(200, saved({ html: "ab" }));
    await settle();
    assert.deepEqual(await recordsOfOtherTab(), []);
  });

  test("it is only in the page until the browser confirms it", async () => {
    const { saver, type } = browser.page();
    await settle();
    browser.indexedDB.held = [];
    type("a");
    await settle();
    assert.equal(saver.isOnlyInPage, true);
    browser.indexedDB.release();
    await settle();
    assert.equal(saver.isOnlyInPage, false);
  });

  test("a save is stored before it is sent, under the id that is sent", async () => {
    /** @type {Promise<StoredRecord[]>[]} */
    const stored = [];
    network.handle = () => {
      stored.push(recordsOfOtherTab());
    };
    const { type } = browser.page();
    type("a");
    await clock.advance(1_000);
    const [{ attempt }] = await stored[0];
    assert.equal(attempt?.id, network.saves[0].body.id);
  });

  test("a store that does not answer holds up no save for longer than a second", async () => {
    const { type } = browser.page();
    await settle();
    browser.indexedDB.held = [];
    type("a");
    await clock.advance(1_999);
    assert.equal(network.saves.length, 0);
    await clock.advance(1);
    assert.equal(network.saves.length, 1);
  });

  test("a browser that stores nothing saves all the same, and the page says where the text is", async () => {
    browser.indexedDB.isForbidden = true;
    const { saver, type } = browser.page();
    type("a");
    await clock.advance(1_000);
    assert.deepEqual([network.saves.length, saver.isOnlyInPage], [1, true]);
    network.saves[0].respond(200, saved({ html: "a" }));
    await settle();
    assert.deepEqual([saver.state, saver.isOnlyInPage], ["saved", false]);
  });

  test("cleared data are noticed, and the text is stored again", async () => {
    network.handle = ({ respond }) => respond(401, { outcome: "signed-out" }); // so that no further save stores it
    const { saver, type } = browser.page();
    type("a");
    await clock.advance(1_000);
    browser.indexedDB.clear();
    assert.equal(saver.isOnlyInPage, true);
    await clock.advance(1_000);
    assert.equal(saver.isOnlyInPage, false);
    assert.deepEqual(
      (await recordsOfOtherTab()).map(({ html }) => html),
      ["a"],
    );
  });

  test("a text that is thrown away leaves the store", async () => {
    const { saver, type } = browser.page();
    type("a");
    await settle();
    await saver.discard();
    assert.deepEqual([await recordsOfOtherTab(), saver.hasUnsent], [[], false]);
  });
});

suite("a closed page", () => {
  /** Type, with a save under way; the page is closed before the answer. Return its record. */
  async function leftBehind() {
    const portal = new FakePortal();
    network.handle = ({ body }) => {
      portal.save(body); // the answer never comes
    };
    const closed = browser.page({ base: 3, html: "old" });
    closed.type("a");
    await clock.advance(1_000);
    closed.type("ab");
    await settle();
    network.handle = ({ body, respond }) => respond(200, portal.save(body));
    const [left] = await recordsOfOtherTab();
    return { left, portal, closed };
  }

  test("another page repeats its save under the same id, then sends the rest", async () => {
    const { left, portal, closed } = await leftBehind();
    const { box, saver, store } = browser.page({ base: 3, html: "old" });
    const localCopy = new LocalCopy(store);
    assert.deepEqual([await localCopy.claim(left), localCopy.isStored], [true, true]);
    assert.equal(saver.restore(left, localCopy), true);
    assert.deepEqual([box.html, saver.wasRecovered], ["ab", true]);
    await saver.flush();
    const [first, repeated, rest] = network.saves.map(({ body }) => body);
    assert.deepEqual(repeated, first);
    assert.equal(rest.html, "ab");
    assert.deepEqual(portal.texts, ["a", "ab"]);
    assert.equal(saver.state, "saved");
    assert.equal(browser.indexedDB.rows.size, 0);
    assert.equal(closed.saver.hasUnsent, true); // that page is gone
  });

  test("a text whose box is taken is sent without one", async () => {
    const { left, portal } = await leftBehind();
    const { client, store } = browser.page();
    const localCopy = new LocalCopy(store);
    await localCopy.claim(left);
    const saver = saverWithoutBox(left, client, store);
    saver.restore(left, localCopy);
    await saver.flush();
    assert.deepEqual(portal.texts, ["a", "ab"]);
    assert.equal(browser.indexedDB.rows.size, 0);
  });

  test("a text that was never sent is sent without its box too", async () => {
    const { client, store } = browser.page();
    const portal = new FakePortal();
    network.handle = ({ body, respond }) => respond(200, portal.save(body));
    const localCopy = new LocalCopy(store);
    await localCopy.write(record("a"));
    const [left] = await recordsOfOtherTab();
    const saver = saverWithoutBox(left, client, store);
    saver.restore(left, localCopy);
    await saver.flush();
    assert.deepEqual(portal.texts, ["a"]);
  });

  test("of two pages, one gets the record", async () => {
    const { left } = await leftBehind();
    const [one, other] = [new LocalCopy(newStore()), new LocalCopy(newStore())];
    const claims = await Promise.all([one.claim(left), other.claim(left)]);
    assert.deepEqual(claims.sort(), [false, true]);
    assert.equal(browser.indexedDB.rows.size, 1);
  });

  test("a text that the server has already is deleted", async () => {
    const { saver, store } = browser.page({ html: "a" });
    const left = { ...record("a"), attempt: null };
    const localCopy = new LocalCopy(store);
    await localCopy.write(left);
    assert.equal(saver.restore(left, localCopy), true);
    await settle();
    assert.deepEqual([saver.state, browser.indexedDB.rows.size, network.saves.length], ["", 0, 0]);
  });

  test("a recovered text waits while a letter is composed in its box", async () => {
    const { left } = await leftBehind();
    const { box, saver, store } = browser.page({ base: 3, html: "old" });
    box.isComposing = true;
    assert.equal(saver.restore(left, new LocalCopy(store)), false);
    assert.deepEqual([box.html, saver.hasUnsent], ["old", false]);
  });

  test("a recovered text knows what its writer had seen", () => {
    const { saver, store } = browser.page();
    saver.restore({ ...record("a"), base: 5, seen: 3, from_sent: true }, new LocalCopy(store));
    assert.deepEqual([saver.base, saver.seen, saver.fromSent, saver.record().seen], [5, 3, true, 3]);
  });
});

suite("the local copy of a text", () => {
  test("the last of several quick changes is stored", async () => {
    const copy = new LocalCopy(newStore());
    await Promise.all(["a", "ab", "abc"].map((html) => copy.write(record(html))));
    assert.equal(copy.isStored, true);
    assert.deepEqual(
      (await recordsOfOtherTab()).map(({ html }) => html),
      ["abc"],
    );
  });

  test("a full disk is noticed, and the next change is tried again", async () => {
    const copy = new LocalCopy(newStore());
    browser.indexedDB.isFull = true;
    await copy.write(record("a"));
    assert.equal(copy.isStored, false);
    browser.indexedDB.isFull = false;
    await copy.write(record("a"));
    assert.equal(copy.isStored, true);
  });

  test("a store that is refused is tried again at the next change", async () => {
    const copy = new LocalCopy(newStore());
    browser.indexedDB.isForbidden = true;
    await copy.write(record("a"));
    assert.equal(copy.isStored, false);
    browser.indexedDB.isForbidden = false;
    await copy.write(record("ab"));
    assert.equal(copy.isStored, true);
  });

  test("writing null deletes the record", async () => {
    const copy = new LocalCopy(newStore());
    await copy.write(record("a"));
    await copy.write(null);
    assert.deepEqual([copy.isStored, browser.indexedDB.rows.size], [false, 0]);
  });

  test("a record that could not be deleted is deleted with the next write", async () => {
    const copy = new LocalCopy(newStore());
    await copy.write(record("a"));
    browser.indexedDB.isFull = true;
    await copy.write(null);
    assert.equal(browser.indexedDB.rows.size, 1);
    browser.indexedDB.isFull = false;
    await copy.write(null);
    assert.equal(browser.indexedDB.rows.size, 0);
  });

  test("two texts of one page do not overwrite each other", async () => {
    const store = newStore();
    await new LocalCopy(store).write(record("a"));
    await new LocalCopy(store).write(record("b", 2));
    assert.deepEqual(
      (await recordsOfOtherTab()).map(({ html }) => html),
      ["a", "b"],
    );
  });
});

suite("the store", () => {
  test("no text can be read without its owner's key", async () => {
    const secret = "a word that nobody else may read";
    await new LocalCopy(newStore()).write(record(secret));
    const [row] = browser.indexedDB.rows.values();
    assert.ok(!new TextDecoder("latin1").decode(row.data).includes("nobody else"));
    const otherKey = btoa("o".repeat(32));
    assert.deepEqual(await newStore(otherKey).all(), { records: [], kept: [], unreadable: 1 });
    assert.deepEqual(await newStore(otherKey, USER + 1).all(), { records: [], kept: [], unreadable: 0 });
    assert.deepEqual(
      (await recordsOfOtherTab()).map(({ html }) => html),
      [secret],
    );
  });

  test("a record of a previous key is read, and encrypted with the new key", async () => {
    const text = "<p>Typed before the password changed.</p>";
    await (await newStore().put(newStore().keyFor(1), record(text))).written;
    const newKey = btoa("n".repeat(32));
    const changed = new Store({ user: USER, key: newKey, previousKeys: `${btoa("o".repeat(32))} ${KEY}` });
    const { records, unreadable } = await changed.all();
    assert.deepEqual([records.map(({ html }) => html), unreadable], [[text], 0]);
    assert.deepEqual(await newStore(KEY).all(), { records: [], kept: [], unreadable: 1 });
    assert.equal((await newStore(newKey).all()).records[0].html, text);
  });

  test("a text that its tab writes meanwhile is not replaced by the one before", async () => {
    const old = newStore();
    await (await old.put(old.keyFor(1), record("before"))).written;
    const changed = new Store({ user: USER, key: btoa("n".repeat(32)), previousKeys: KEY });
    const reading = changed.all();
    const writing = old.put(old.keyFor(1), record("after"));
    await Promise.all([reading, writing.then(({ written }) => written)]);
    const { records } = await changed.all();
    assert.deepEqual(
      records.map(({ html }) => html),
      ["after"],
    );
  });

  test("the oldest record comes first", async () => {
    const store = newStore();
    for (const [html, at] of /** @type {[string, number][]} */ ([
      ["new", 3],
      ["old", 1],
      ["middle", 2],
    ])) {
      await new LocalCopy(store).write(record(html, at));
    }
    assert.deepEqual(
      (await store.all()).records.map(({ html }) => html),
      ["old", "middle", "new"],
    );
  });
});
