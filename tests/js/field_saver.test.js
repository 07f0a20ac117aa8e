// A field beside the texts on its way to the server: it says that it is saved only once it is.
import assert from "node:assert/strict";
import { beforeEach, suite, test } from "node:test";
import { FieldSaver } from "../../static/js/saving/field_saver.js";
import { FakeBrowser, settle } from "./doubles.js";

/** @type {FakeBrowser} */
let browser;

beforeEach(() => {
  browser = new FakeBrowser();
});

function newField() {
  const address = () => ({ section: "2.1.A", contribution: null });
  return new FieldSaver({ client: browser.client(), url: "/field/", field: "nothing", value: false, address });
}

const SAVED = { outcome: "saved", time: "14:03", order: [] };

suite("a field", () => {
  test("is saved only after the answer", async () => {
    const field = newField();
    field.set(true);
    await settle();
    const [request] = browser.network.requests;
    assert.deepEqual([request.body.section, request.body.field, request.body.value], ["2.1.A", "nothing", true]);
    assert.deepEqual([field.state, field.saved], ["saving", false]);
    request.respond(200, SAVED);
    await settle();
    assert.deepEqual([field.state, field.saved, field.savedAt], ["saved", true, "14:03"]);
  });

  test("sends the newest value after the one that is under way", async () => {
    const field = newField();
    field.set(true);
    await settle();
    field.set(false);
    await settle();
    assert.equal(browser.network.requests.length, 1);
    browser.network.requests[0].respond(200, SAVED);
    await settle();
    assert.equal(field.state, "saving");
    assert.equal(browser.network.requests[1].body.value, false);
  });

  test("returns and says why it was refused", async () => {
    const field = newField();
    let returned = 0;
    field.addEventListener("returned", () => {
      returned += 1;
    });
    field.set(true);
    await settle();
    browser.network.requests[0].respond(422, { outcome: "refused", message: "Not now." });
    await settle();
    assert.deepEqual([field.state, field.value, field.refusal?.message, returned], ["refused", false, "Not now.", 1]);
  });

  test("is tried again after a broken connection", async () => {
    const field = newField();
    field.set(true);
    await settle();
    browser.network.requests[0].fail();
    await settle();
    assert.equal(field.state, "offline");
    await browser.clock.advance(1_000);
    browser.network.requests[1].respond(200, SAVED);
    await settle();
    assert.equal(field.state, "saved");
  });
});
