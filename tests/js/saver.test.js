// A text on its way to the server: what is sent when, what the page says about it, and what is done with each answer.
import assert from "node:assert/strict";
import { beforeEach, suite, test } from "node:test";
import { FakeBrowser, FakePortal, saved, settle } from "./doubles.js";

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

/** Let the portal take every save. */
function portalTakes() {
  const portal = new FakePortal();
  network.handle = ({ body, respond }) => respond(200, portal.save(body));
  return portal;
}

/** Return the save that waits for its answer. */
async function sentSave(number = 0) {
  await clock.advance(1_000);
  return network.saves[number];
}

suite("saving and saved", () => {
  test("a text is sent a second after the last keystroke", async () => {
    const { saver, type } = browser.page();
    assert.equal(saver.state, "");
    type("a");
    await clock.advance(600);
    type("ab");
    await clock.advance(999);
    assert.equal(network.saves.length, 0);
    assert.equal(saver.state, "saving");
    await clock.advance(1);
    assert.deepEqual(
      network.saves.map(({ body }) => body.html),
      ["ab"],
    );
    network.saves[0].respond(200, saved({ html: "ab", time: "14:03" }));
    await settle();
    assert.deepEqual([saver.state, saver.savedAt, saver.hasUnsent], ["saved", "14:03", false]);
    assert.equal(browser.indexedDB.rows.size, 0);
  });

  test("a text is sent every five seconds while somebody types on", async () => {
    portalTakes();
    const { type } = browser.page();
    const start = clock.now();
    for (let count = 1; count <= 60; count += 1) {
      type("x".repeat(count));
      await clock.advance(200);
    }
    assert.deepEqual(
      network.saves.map(({ at }) => at - start),
      [5_000, 10_000],
    );
  });

  test("one request is under way at a time", async () => {
    const { saver, type } = browser.page();
    type("a");
    const first = await sentSave();
    type("ab");
    await clock.advance(3_000);
    assert.equal(network.saves.length, 1);
    first.respond(200, saved({ number: 4, html: "a" }));
    await clock.advance(0);
    assert.equal(saver.state, "saving");
    const second = network.saves[1].body;
    assert.deepEqual([second.html, second.base, second.from_sent], ["ab", 4, false]);
    assert.notEqual(second.id, first.body.id);
  });

  test("a text that is again as the server has it is not sent", async () => {
    const { saver, type } = browser.page({ html: "a" });
    type("ab");
    type("a");
    await clock.advance(10_000);
    assert.equal(network.saves.length, 0);
    assert.equal(saver.state, "");
    assert.equal(browser.indexedDB.rows.size, 0);
  });

  test("a pasted text says so in its save, the next one does not", async () => {
    portalTakes();
    const { saver } = browser.page();
    saver.changed("pasted", true);
    await clock.advance(1_000);
    saver.changed("pasted, typed");
    await clock.advance(1_000);
    assert.deepEqual(
      network.saves.map(({ body }) => body.how),
      ["pasted", "typed"],
    );
  });

  test("flush sends what was typed while the first save was under way", async () => {
    const portal = portalTakes();
    const { saver, type } = browser.page();
    type("a");
    const flushed = saver.flush();
    type("ab");
    await clock.advance(0);
    assert.equal(await flushed, true);
    assert.deepEqual(portal.texts, ["a", "ab"]);
  });
});

suite("an empty box", () => {
  const text = { section: "2.1.A", contribution: null, language: "" };

  test("its first save makes a contribution, which the next save changes", async () => {
    portalTakes();
    const { box, saver, type } = browser.page({ text });
    box.about = { passage_language: "nl", authority: "Police" };
    /** @type {Attempt[]} */
    const created = [];
    saver.addEventListener("created", (event) => created.push(/** @type {CustomEvent} */ (event).detail));
    type("a");
    await clock.advance(1_000);
    type("ab");
    await clock.advance(1_000);
    const [first, second] = network.saves.map(({ body }) => body);
    assert.deepEqual([first.contribution, first.passage_language, first.authority], [null, "nl", "Police"]);
    assert.deepEqual([second.contribution, second.passage_language, second.authority], [12, "", ""]);
    assert.deepEqual(
      created.map(({ id }) => id),
      [first.id],
    );
  });
});

suite("offline, and again", () => {
  test("a failed save is repeated unchanged, later and later", async () => {
    network.handle = ({ fail }) => fail();
    const { saver, type } = browser.page();
    const start = clock.now();
    type("a");
    await clock.advance(1_000);
    assert.equal(saver.state, "offline");
    assert.equal(saver.isOnlyInPage, false);
    type("ab");
    await clock.advance(39_000);
    assert.deepEqual(
      network.saves.map(({ at }) => (at - start) / 1_000),
      [1, 2, 4, 8, 16, 32],
    );
    assert.equal(new Set(network.saves.map(({ body }) => JSON.stringify(body))).size, 1);
    const portal = portalTakes();
    saver.retry();
    await clock.advance(1_000);
    assert.deepEqual(portal.texts, ["a", "ab"]);
    assert.equal(saver.state, "saved");
  });

  test("typing on does not put off the next attempt", async () => {
    network.handle = ({ fail }) => fail();
    const { type } = browser.page();
    const start = clock.now();
    for (let count = 1; count <= 90; count += 1) {
      type("x".repeat(count));
      await clock.advance(200);
    }
    assert.deepEqual(
      network.saves.map(({ at }) => (at - start) / 1_000),
      [5, 6, 8, 12],
    );
  });

  test("a computer whose clock is set back saves all the same", async () => {
    const portal = new FakePortal();
    network.handle = ({ body, respond, fail }) => {
      if (network.saves.length === 1) fail();
      else respond(200, portal.save(body));
    };
    const { saver, type } = browser.page();
    type("x");
    await clock.advance(1_500);
    clock.startDate = 0;
    type("xy");
    await clock.advance(1_500);
    assert.deepEqual([portal.texts, saver.state], [["x", "xy"], "saved"]);
  });

  test("no wait is longer than half a minute", async () => {
    network.handle = ({ fail }) => fail();
    const { type } = browser.page();
    type("a");
    await clock.advance(10 * 60_000);
    const times = network.saves.map(({ at }) => at);
    assert.equal(Math.max(...times.slice(1).map((at, before) => at - times[before])), 30_000);
  });

  test("an answer that never comes counts as offline", async () => {
    const { saver, type } = browser.page();
    type("a");
    await clock.advance(1_000);
    await clock.advance(clock.timeouts[0] - 1);
    assert.equal(saver.state, "saving");
    await clock.advance(1);
    assert.equal(saver.state, "offline");
    await clock.advance(1_000);
    assert.equal(network.saves[1].body.id, network.saves[0].body.id);
  });

  test("a save whose answer was lost is stored once", async () => {
    const portal = new FakePortal();
    network.handle = ({ body, respond, fail }) => {
      const answer = portal.save(body);
      if (network.saves.length < 3) fail();
      else respond(200, answer);
    };
    const { saver, type } = browser.page();
    type("a");
    await clock.advance(10_000);
    assert.equal(saver.state, "saved");
    assert.equal(network.saves.length, 3);
    assert.deepEqual(portal.texts, ["a"]);
  });

  test("an answer that is not the portal's is trouble, and the save is repeated", async () => {
    const { saver, type } = browser.page();
    type("a");
    (await sentSave()).respond(502, "<h1>Bad gateway</h1>");
    await settle();
    assert.equal(saver.state, "trouble");
    (await sentSave(1)).respond(200, saved({ html: "a" }));
    await settle();
    assert.equal(saver.state, "saved");
  });

  test("an outcome with the wrong status is trouble", async () => {
    const { saver, type } = browser.page();
    type("a");
    (await sentSave()).respond(500, saved({ html: "a" }));
    await settle();
    assert.equal(saver.state, "trouble");
  });
});

suite("refused and closed", () => {
  test("a refused text is sent again only once it changed", async () => {
    const { saver, type } = browser.page();
    type("--");
    (await sentSave()).respond(422, { outcome: "refused", message: "Tick it." });
    await clock.advance(60_000);
    assert.deepEqual([saver.state, saver.refusal?.message, saver.isOnlyInPage], ["refused", "Tick it.", false]);
    saver.retry();
    await settle();
    assert.equal(network.saves.length, 1);
    portalTakes();
    type("a word");
    await clock.advance(1_000);
    assert.equal(saver.state, "saved");
    assert.notEqual(network.saves[1].body.id, network.saves[0].body.id);
  });

  test("a refusal brings what is around its row", async () => {
    const { saver, type } = browser.page();
    /** @type {unknown[]} */
    const news = [];
    saver.addEventListener("news", (event) => news.push(/** @type {CustomEvent} */ (event).detail));
    type("mine");
    const row = { state: "current", isLeft: false, words: "Done", parts: { meanwhile: "theirs" } };
    (await sentSave()).respond(422, { outcome: "refused", message: "A colleague was first.", row });
    await settle();
    assert.deepEqual([news, saver.state], [[row], "refused"]);
  });

  test("a report that was closed refuses the text and keeps it", async () => {
    const { saver, type } = browser.page();
    type("a");
    (await sentSave()).respond(410, { outcome: "closed", message: "Sent in." });
    await settle();
    assert.deepEqual([saver.state, saver.refusal?.message, saver.isOnlyInPage], ["refused", "Sent in.", false]);
  });

  test("a proxy that finds a text too long refuses it without a reason", async () => {
    const { saver, type } = browser.page();
    type("a");
    (await sentSave()).respond(413, "<h1>Too large</h1>");
    await settle();
    assert.equal(saver.state, "refused");
    assert.equal(saver.refusal?.message, undefined);
  });

  test("what is typed after a failed save is sent although it was refused before", async () => {
    const { saver, type } = browser.page();
    type("refused");
    (await sentSave()).respond(422, { outcome: "refused", message: "" });
    await settle();
    type("other");
    const second = await sentSave(1);
    type("refused"); // undone while the save is under way
    second.fail();
    await clock.advance(1_000);
    assert.equal(network.saves[2].body.id, second.body.id); // the portal may have it
    const portal = portalTakes();
    type("typed on");
    network.saves[2].fail();
    await clock.advance(5_000);
    assert.deepEqual(portal.texts, ["other", "typed on"]);
    assert.equal(saver.state, "saved");
  });

  test("the page's form submits a refused text under the id that is stored", async () => {
    const { saver, store, type } = browser.page();
    type("--");
    (await sentSave()).respond(422, { outcome: "refused", message: "" });
    await settle();
    await saver.prepareForForm();
    const { records } = await store.all();
    assert.ok(saver.attempt);
    assert.equal(records[0].attempt?.id, saver.attempt?.id);
  });
});

suite("what others wrote", () => {
  test("a merged answer is shown and is the new base", async () => {
    const { box, saver, type } = browser.page();
    type("mine");
    (await sentSave()).respond(200, saved({ number: 5, html: "theirs, mine", merged: true }));
    await settle();
    assert.deepEqual([box.html, saver.html, saver.base, saver.seen], ["theirs, mine", "theirs, mine", 5, 5]);
    assert.deepEqual([saver.fromSent, saver.state], [false, "saved"]);
  });

  test("a merged answer does not touch a text that somebody types on in", async () => {
    const { box, saver, type } = browser.page({ base: 3 });
    type("mine");
    const first = await sentSave();
    type("mine, more");
    await clock.advance(2_000); // the answer comes when nobody is typing
    first.respond(200, saved({ number: 5, html: "theirs, mine", merged: true }));
    await settle();
    assert.equal(box.html, "mine, more");
    const second = (await sentSave(1)).body;
    assert.deepEqual([second.html, second.base, second.from_sent], ["mine, more", 5, true]);
    assert.equal(saver.seen, 3);
    network.saves[1].respond(200, saved({ number: 6, html: "theirs, mine, more", merged: true }));
    await settle();
    assert.deepEqual([box.html, saver.seen, saver.fromSent], ["theirs, mine, more", 6, false]);
  });

  test("a merged answer waits while somebody is typing, changed or not", async () => {
    const { box, saver, type } = browser.page();
    type("mine");
    const first = await sentSave();
    type("mine!");
    type("mine"); // as it was sent, but with the fingers on the keys
    first.respond(200, saved({ number: 5, html: "theirs, mine", merged: true }));
    await settle();
    assert.deepEqual([box.html, saver.base, saver.fromSent], ["mine", 5, true]);
  });

  test("a merged answer waits while a letter is composed", async () => {
    const { box, saver, type } = browser.page();
    type("mine");
    const first = await sentSave();
    box.isComposing = true;
    first.respond(200, saved({ number: 5, html: "theirs, mine", merged: true }));
    await settle();
    assert.deepEqual([box.html, saver.base, saver.fromSent], ["mine", 5, true]);
  });

  test("an unchanged save that brings a colleague's text is no base while it is not shown", async () => {
    const { box, saver, type } = browser.page({ base: 3 });
    type("mine");
    const first = await sentSave();
    type("mine, more");
    first.respond(200, saved({ outcome: "unchanged", number: 8, html: "theirs" }));
    await settle();
    assert.deepEqual([box.html, saver.base, saver.seen, saver.fromSent], ["mine, more", 3, 3, false]);
  });

  test("a newer text is shown where nothing is unsent", () => {
    const { box, saver } = browser.page({ base: 3, html: "old" });
    saver.showNewer({ number: 4, html: "new" });
    assert.deepEqual([box.html, saver.html, saver.base, saver.hasUnsent], ["new", "new", 4, false]);
  });

  test("an older text than the box shows is ignored", () => {
    const { box, saver } = browser.page({ base: 3, html: "here" });
    saver.showNewer({ number: 3, html: "old" });
    assert.equal(box.html, "here");
  });

  test("a newer text is not shown over what is unsent", () => {
    const { box, saver, type } = browser.page({ base: 3, html: "old" });
    type("mine");
    saver.showNewer({ number: 4, html: "theirs" });
    assert.deepEqual([box.html, saver.base], ["mine", 3]);
  });
});

suite("answers that come late or twice", () => {
  test("an answer to a text that was thrown away changes nothing", async () => {
    const { saver, type } = browser.page();
    type("a");
    const first = await sentSave();
    await saver.discard();
    type("b");
    first.respond(200, saved({ number: 9, html: "a" }));
    await settle();
    assert.deepEqual([saver.base, saver.html, saver.hasUnsent], [0, "b", true]);
  });

  test("nothing typed is lost, whatever becomes of the requests", async () => {
    for (let seed = 1; seed <= 60; seed += 1) await writeThroughFaults(seed);
  });
});

/**
 * Type while a third of the requests or of their answers get lost, come late or find the portal in trouble. In the end
 * the portal has the last text, and no text twice in a row.
 * @param {number} seed
 */
async function writeThroughFaults(seed) {
  browser = new FakeBrowser();
  ({ clock, network } = browser);
  let state = seed;
  const random = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  const portal = new FakePortal();
  let isBroken = true;
  network.handle = ({ body, respond, fail }) => {
    const chance = isBroken ? random() : 1;
    if (chance < 0.15) fail();
    else if (chance < 0.3) respond(500, "<h1>Error</h1>");
    else {
      const answer = portal.save(body);
      if (chance < 0.45) fail();
      else if (chance < 0.7) clock.after(() => respond(200, answer), random() * 20_000);
      else respond(200, answer);
    }
  };
  const { saver, type } = browser.page();
  let text = "";
  for (let count = 0; count < 25; count += 1) {
    text += String.fromCharCode(97 + (count % 26));
    type(text);
    await clock.advance(random() * 4_000);
  }
  isBroken = false;
  await clock.advance(120_000);
  assert.equal(portal.texts[portal.texts.length - 1], text, `seed ${seed}`);
  assert.equal(new Set(portal.texts).size, portal.texts.length, `seed ${seed}: a text was stored twice`);
  assert.deepEqual([saver.state, browser.indexedDB.rows.size], ["saved", 0], `seed ${seed}`);
}
