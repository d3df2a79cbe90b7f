// Whole visits: every persona in both languages, what leaves the browser, without scripts, and without a network.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { code, groups, open, personas, post, ready, setting, turn, walk } from "./visit.mjs";

const at = setting();

/** What the server says for saved answers, as a page without scripts would be told. */
async function served(persona, prefix) {
  const reply = await fetch(`${at.server.origin}${prefix}/page/`, { method: "POST", body: new URLSearchParams({ state: code(persona) }) });
  const cards = [...(await reply.text()).matchAll(/<article class="card[^"]*" id="card-([^"]+)" data-status="([^"]+)"/g)];
  return Object.fromEntries(cards.map(([, id, status]) => [id, status]));
}

test("there are personas enough", () => assert.ok(personas.length >= 24, `${personas.length} personas`));

const painted = [];
after(() => {
  const times = painted.toSorted((one, other) => one - other).map(Math.round);
  console.log(`from the last press to the painted page: median ${times[times.length >> 1]} ms, worst ${times.at(-1)} ms of ${times.length}; goal 50 ms`);
});

for (const prefix of ["", "/es"]) {
  for (const persona of personas) {
    test(`${persona.name} walks from the first question to a page, ${prefix || "/en"}`, async () => {
      const { context, page, seen } = await open(at.browser);
      await page.goto(`${at.server.origin}${prefix}/`);
      await ready(page);
      const before = seen.requests.length;
      painted.push(await walk(page, persona));
      const shown = await groups(page);
      assert.deepEqual(shown, await served(persona, prefix), "browser and server put every therapy in the same group");
      assert.ok(Object.keys(shown).length >= 15);
      assert.equal(await page.locator("h1").count(), 1);
      const caused = seen.requests.slice(before).filter(({ url }) => !/\/assets\/|\/sw\.js$/.test(url));
      assert.deepEqual(caused, [], "answering asks nothing of the server");
      for (const { url, body } of seen.requests) {
        assert.equal(new URL(url).origin, at.server.origin, "no request leaves the origin");
        assert.equal(body, null);
        assert.ok(!url.includes("state") && !url.includes("?"), url);
      }
      assert.deepEqual(seen.complaints, []);
      await context.close();
    });
  }
}

test("without scripts the same forms lead to the same page", async () => {
  const { context, page, seen } = await open(at.browser, { javaScriptEnabled: false });
  await page.goto(`${at.server.origin}/`);
  assert.ok(await page.locator("form.begin").isVisible());
  await page.locator("form.begin button").click();
  assert.ok(await page.locator("form.question").isVisible(), "the first question");
  await page.locator('button[name="go"][value="stop"]').click();
  await page.locator('form[action$="/page/"] button').first().click();
  assert.ok((await page.locator("article.card").count()) >= 15);
  assert.ok(seen.requests.every(({ url }) => !url.includes("?")));
  await context.close();
});

test("a link restores the answers, and its fragment is gone from the address", async () => {
  const persona = personas.at(-1);
  const { context, page, seen } = await open(at.browser);
  await page.goto(`${at.server.origin}/#${code(persona)}`);
  await ready(page);
  await page.waitForSelector("article.card", { state: "attached" });
  assert.deepEqual(await groups(page), await served(persona, ""));
  assert.equal(new URL(page.url()).hash, "");
  assert.ok(seen.requests.every(({ url }) => !url.includes(code(persona).slice(0, 24))));
  await context.close();
});

test("a saved answer that no longer fits is named, once", async () => {
  const { context, page } = await open(at.browser);
  const saved = JSON.stringify({ waymark: 1, answers: { hormones: { chosen: ["yes", "no"] }, her2: { chosen: ["positive"] } } });
  await page.goto(`${at.server.origin}/#${code({ text: saved })}`);
  await ready(page);
  const notice = page.locator('.notice[role="status"]');
  await notice.waitFor();
  assert.match(await notice.textContent(), /Do hormones help the cancer grow\?/);
  await turn(page, () => notice.locator("button").first().click());
  assert.equal(await notice.count(), 0);
  assert.equal(await page.locator('input[name="hormones"]:checked').count(), 0);
  await context.close();
});

test("a note opens the list of sources in which it stands", async () => {
  const { context, page } = await open(at.browser);
  await post(page, at.server.origin, "page/", { state: code(personas.at(-1)) });
  await ready(page);
  const list = page.locator("#sure details:has(.notes)");
  assert.equal(await list.getAttribute("open"), null);
  await page.locator("#call a.note").first().click();
  await page.waitForFunction(() => document.querySelector("#sure details:has(.notes)").open);
  await context.close();
});

test("a damaged link says so, and loses nothing", async () => {
  const { context, page } = await open(at.browser);
  await page.goto(`${at.server.origin}/#1.%%%broken`);
  await ready(page);
  await page.waitForSelector('.notice[role="alert"]');
  assert.equal(await page.locator("h1").count(), 1);
  await context.close();
});

test("after one visit it works without a network", async () => {
  const persona = personas.find(({ answers }) => Object.keys(answers ?? {}).length > 5);
  const { context, page } = await open(at.browser);
  await page.goto(`${at.server.origin}/`);
  await ready(page);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(async () => (await caches.keys()).length > 0);
  await page.reload();
  await ready(page);
  await context.setOffline(true);
  await page.reload();
  await ready(page);
  await walk(page, persona);
  assert.ok(Object.keys(await groups(page)).length >= 15);
  await context.close();
});

test("the clinician sheet works without a network once it was opened, and says so where it was not", async () => {
  const { context, page } = await open(at.browser);
  const start = async () => {
    await page.goto(`${at.server.origin}/`);
    await ready(page);
  };
  await start();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(async () => (await caches.keys()).length > 0);
  await context.setOffline(true);
  await start();
  await page.locator('a[href*="/clinician/"]').first().click();
  await page.waitForSelector("body.text");
  assert.match(await page.locator("h1").textContent(), /could not be loaded/);
  await context.setOffline(false);
  await start();
  await page.locator('a[href*="/clinician/"]').first().click();
  await page.waitForSelector("body.sheet #live");
  await page.waitForFunction(async () => {
    const kept = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
    return ["waymark-record", "knowledge-record"].every((file) => kept.flat().some(({ url }) => url.includes(file)));
  });
  await context.setOffline(true);
  await start();
  await page.locator('a[href*="/clinician/"]').first().click();
  await page.waitForSelector("body.sheet #live");
  await context.close();
});

test("the answers change nothing behind the reader's back: a changed answer changes the page", async () => {
  const { context, page } = await open(at.browser);
  await page.goto(`${at.server.origin}/#${code(personas.find(({ answers }) => Object.keys(answers ?? {}).length > 5))}`);
  await ready(page);
  await page.waitForSelector("article.card", { state: "attached" });
  const change = page.locator('form[action*="/q/"] button').first();
  await change.evaluate((button) => button.closest("details")?.setAttribute("open", ""));
  await turn(page, () => change.click());
  assert.equal(await page.locator("form.question").count(), 1);
  await context.close();
});
