// Whose session it is: nothing is sent as somebody else, and nothing is lost while the session is another one.
import assert from "node:assert/strict";
import { beforeEach, suite, test } from "node:test";
import { FakeBrowser, FakePortal, USER } from "./doubles.js";

/** @type {FakeBrowser} */
let browser;
/** @type {FakeBrowser["clock"]} */
let clock;
/** @type {FakeBrowser["network"]} */
let network;
/** @type {number | null} Who is signed in. */
let signedIn;
/** @type {FakePortal} */
let portal;

beforeEach(() => {
  browser = new FakeBrowser();
  ({ clock, network } = browser);
  signedIn = USER;
  portal = new FakePortal();
  network.handle = ({ url, body, respond }) => {
    if (signedIn === null) respond(401, { outcome: "signed-out" });
    else if (url === "/token/") respond(200, { token: "second", user: signedIn });
    else if (body.user !== signedIn) respond(409, { outcome: "other-user" });
    else respond(200, portal.save(body));
  };
});

suite("a session that ends", () => {
  test("the text is kept, and sent when the same person is back", async () => {
    const { client, saver, type } = browser.page();
    signedIn = null;
    type("a");
    await clock.advance(1_000);
    assert.deepEqual([saver.state, saver.isOnlyInPage], ["signed-out", false]);
    type("ab");
    await clock.advance(60_000);
    assert.equal(network.saves.length, 1);
    signedIn = USER;
    await clock.advance(4_000);
    assert.deepEqual(portal.texts, ["a", "ab"]);
    assert.equal(network.saves[1].body.id, network.saves[0].body.id);
    assert.deepEqual([client.token, saver.state], ["second", "saved"]);
  });

  test("the session is asked for every four seconds, and no longer when it is back", async () => {
    const { type } = browser.page();
    signedIn = null;
    type("a");
    await clock.advance(1_000 + 3 * 4_000);
    const asked = () => network.requests.filter(({ url }) => url === "/token/").length;
    assert.equal(asked(), 3);
    signedIn = USER;
    await clock.advance(60_000);
    assert.equal(asked(), 4);
  });

  test("a question about others' changes finds out too", async () => {
    const { client, saver, type } = browser.page();
    signedIn = null;
    assert.equal(await client.get("/now/"), null);
    type("a");
    assert.equal(saver.state, "signed-out");
    await clock.advance(3_000);
    assert.equal(network.saves.length, 0);
  });
});

suite("a second factor that is missing", () => {
  test("the text is kept, and sent when the factor is there", async () => {
    const { handle } = network;
    let isMissing = true;
    network.handle = (request) => (isMissing ? request.respond(403, { outcome: "second-factor" }) : handle(request));
    const { saver, type } = browser.page();
    type("a");
    await clock.advance(1_000);
    assert.deepEqual([saver.state, saver.isOnlyInPage], ["second-factor", false]);
    await clock.advance(60_000);
    assert.equal(network.saves.length, 1);
    isMissing = false;
    await clock.advance(4_000);
    assert.deepEqual([portal.texts, saver.state], [["a"], "saved"]);
  });
});

suite("somebody else's session", () => {
  test("the text is kept and not sent until its writer is back", async () => {
    const { saver, type } = browser.page();
    signedIn = USER + 1;
    type("a");
    await clock.advance(1_000);
    assert.deepEqual([saver.state, saver.isOnlyInPage], ["other-user", false]);
    await clock.advance(60_000);
    assert.equal(network.saves.length, 1);
    assert.deepEqual(portal.texts, []);
    signedIn = USER;
    await clock.advance(4_000);
    assert.deepEqual(portal.texts, ["a"]);
    assert.equal(saver.state, "saved");
  });

  test("their token is not taken", async () => {
    const { client, type } = browser.page();
    signedIn = null;
    type("a");
    await clock.advance(1_000);
    signedIn = USER + 1;
    await clock.advance(4_000);
    assert.deepEqual([client.session, client.token], ["other-user", "first"]);
  });
});

suite("a stale token", () => {
  test("it is renewed, and the save repeated", async () => {
    const { handle } = network;
    network.handle = (request) => {
      const { "X-CSRFToken": token } = /** @type {Record<string, string>} */ (request.options.headers);
      if (request.body && token === "first") request.respond(403, { outcome: "token" });
      else handle(request);
    };
    const { saver, type } = browser.page();
    type("a");
    await clock.advance(1_000);
    assert.equal(saver.state, "saved");
    assert.deepEqual(portal.texts, ["a"]);
  });

  test("a token that stays stale is trouble, not an endless loop", async () => {
    const { handle } = network;
    network.handle = (request) => {
      if (request.body) request.respond(403, { outcome: "token" });
      else handle(request);
    };
    const { saver, type } = browser.page();
    type("a");
    await clock.advance(1_000);
    assert.deepEqual([saver.state, network.saves.length], ["trouble", 2]);
  });
});

suite("a request", () => {
  test("a long text gets the time that it needs on a slow line", async () => {
    const { type } = browser.page();
    type("x".repeat(100_000));
    await clock.advance(1_000);
    assert.ok(clock.timeouts[0] > 15_000 + 100_000 / 4 && clock.timeouts[0] < 15_000 + 101_000 / 4);
  });

  test("what is sent while the page is left outlives it, unless it is too long for a browser", async () => {
    const client = browser.client({ isLeaving: () => true });
    await client.post("/save/", { user: USER, id: "1", html: "short" });
    await client.post("/save/", { user: USER, id: "2", html: "x".repeat(30_000) });
    assert.deepEqual(
      network.saves.map(({ options }) => options.keepalive),
      [true, false],
    );
  });
});
