// What only scripts can do on a reader's own device: copy, look, keep, and files that are dropped on the page.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { binary, code, dropped, groups, open, personas, ready, root, setting } from "./visit.mjs";

const at = setting();
const persona = personas.find(({ name }) => name.startsWith("second-line-after-growth"));

/** The page of the persona, opened by a link. */
async function own(options) {
  const visit = await open(at.browser, options);
  await visit.page.goto(`${at.server.origin}/#${code(persona)}`);
  await ready(visit.page);
  await visit.page.waitForSelector("article.card", { state: "attached" });
  return visit;
}

test("a link to the page is copied, and opens the same page", async () => {
  const { context, page } = await own({ permissions: ["clipboard-read", "clipboard-write"] });
  const before = await groups(page);
  await page.locator("#share").click();
  await page.locator("#copy-link").click();
  await page.waitForFunction(() => document.querySelector("#said").textContent === document.querySelector("#said").dataset.copied);
  const link = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(new URL(link).origin, at.server.origin);
  const again = await context.newPage();
  await again.goto(link);
  await ready(again);
  await again.waitForSelector("article.card", { state: "attached" });
  assert.deepEqual(await groups(again), before);
  await context.close();
});

test("light and dark can be chosen, and last through the visit", async () => {
  const { context, page } = await own({ colorScheme: "light" });
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await page.locator('[data-theme-choice="dark"]').click();
  const dark = await ground();
  assert.notEqual(dark, light);
  assert.equal(await page.locator('[data-theme-choice="dark"]').getAttribute("aria-pressed"), "true");
  await page.locator('footer a[href$="/about/"]').click();
  await page.waitForFunction(() => document.documentElement.dataset.path.endsWith("/about/"));
  assert.equal(await ground(), dark);
  assert.equal(await page.locator('[data-theme-choice="dark"]').getAttribute("aria-pressed"), "true");
  await page.locator('[data-theme-choice=""]').click();
  assert.equal(await ground(), light);
  await context.close();
});

test("answers are kept on this device only where that is chosen, until they are cleared", async () => {
  const { context, page } = await own();
  const kept = () => page.evaluate(() => localStorage.getItem("waymark"));
  assert.equal(await kept(), null);
  await page.locator("#save").click();
  await page.locator("#kept").check();
  assert.match(await kept(), /^1\./);
  await page.goto(`${at.server.origin}/page/`);
  await ready(page);
  await page.waitForFunction(() => document.querySelector("#told .answers"));
  assert.ok((await page.locator("#told .answers > div").count()) > 5, "the answers are back");
  await page.locator("#clear").click();
  await page.waitForFunction(() => document.querySelector("form.begin"));
  assert.equal(await kept(), null);
  await context.close();
});

test("a saved file that is dropped on the page gives its answers, and sends nothing", async () => {
  const { context, page, seen } = await open(at.browser);
  await page.goto(`${at.server.origin}/`);
  await ready(page);
  const before = seen.requests.length;
  await dropped(page, [], [["my-page.json", persona.text]]);
  await page.waitForSelector("dl.answers");
  assert.ok((await page.locator("dl.answers dt").count()) > 5);
  assert.deepEqual(seen.requests.slice(before).filter(({ url }) => !/\/assets\/|\/sw\.js$/.test(url)), []);
  await context.close();
});

test("the site in one file reads a record and makes the clinician sheet, without a network", async () => {
  const folder = mkdtempSync(join(tmpdir(), "waymark-site-"));
  execFileSync(binary, ["export", "site", "--out", folder], { stdio: "ignore" });
  const { context, page, seen } = await open(at.browser);
  await context.setOffline(true);
  await page.goto(pathToFileURL(join(folder, "waymark.html")).href);
  await ready(page);
  await dropped(page, [`${root}/examples/hr-positive-maintenance.fhir.json`]);
  await page.waitForSelector("dl.answers");
  await page.locator("a.home").click();
  await page.locator('a[href*="/clinician/"]').first().click();
  await page.waitForSelector("body.sheet #live");
  assert.ok(seen.requests.every(({ url }) => url.startsWith("file:")));
  await context.close();
  rmSync(folder, { recursive: true });
});

test("a record that is dropped on the page fills in answers to be checked", async () => {
  const { context, page, seen } = await open(at.browser);
  await page.goto(`${at.server.origin}/`);
  await ready(page);
  await dropped(page, [`${root}/examples/hr-positive-maintenance.fhir.json`]);
  await page.waitForSelector("dl.answers");
  assert.ok((await page.locator("dl.answers dt").count()) > 3);
  assert.ok(seen.requests.every(({ body }) => body === null));
  await context.close();
});
