// The clinician sheet: live entry, records that are dropped, what leaves it as text and as data, and its print.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { binary, code, dropped, open, pages, personas, post, ready, root, setting } from "./visit.mjs";

const at = setting();
const example = `${root}/examples/hr-positive-maintenance.fhir.json`;
const today = () => new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 10);
const assessed = (file) => JSON.parse(execFileSync(binary, ["assess", file, "--format", "json", "--as-of", today()], { maxBuffer: 1 << 26 }));

/** The entry, answered by the browser itself. */
async function entry(options) {
  const visit = await open(at.browser, { viewport: { width: 1280, height: 900 }, ...options });
  await visit.page.goto(`${at.server.origin}/clinician/entry/`);
  await ready(visit.page);
  return visit;
}

const statuses = (page) => page.locator("tr[data-regimen]").evaluateAll((rows) => Object.fromEntries(rows.map((row) => [row.dataset.regimen, row.dataset.status])));

async function saved(page) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator('form[action$="/clinician/json/"] button').click()]);
  return readFileSync(await download.path(), "utf8");
}

test("the sheet follows the entry, and nothing is asked of the server", async () => {
  const { context, page, seen } = await entry();
  const before = seen.requests.length;
  await page.locator('[name="q-her2"]').selectOption("positive");
  await page.waitForSelector('#live [data-regimen="thp"]');
  assert.equal((await statuses(page)).thp, "depends");
  await page.locator("#chart").fill("born: 1970\n2024-03 breast cancer, HER2 IHC 3+\n2024-03 metastasis: liver\nrecord: complete");
  await page.waitForSelector('#live [data-regimen="thp"][data-status="may"]');
  await page.locator('[name="q-her2"]').selectOption("");
  await page.locator("#chart").fill("born: 1970\n2024-03 breast cancer, HER2 IHC 0\n2024-03 metastasis: liver\nrecord: complete");
  await page.waitForSelector('#live [data-regimen="thp"][data-status="notnow"]');
  assert.deepEqual(seen.requests.slice(before).filter(({ url }) => !/\/assets\/|\/sw\.js$/.test(url)), []);
  assert.deepEqual(seen.complaints, []);
  await context.close();
});

test("a FHIR bundle that is dropped is judged in the browser as on the command line, and saved as the same data", async () => {
  const { context, page, seen } = await entry();
  const before = seen.requests.length;
  await dropped(page, [example]);
  await page.waitForSelector("#import");
  const expected = assessed(example);
  const words = { indicated: ["may"], unknown: ["depends"], "not-indicated": ["later", "notnow", "trial"] };
  const shown = await statuses(page);
  for (const { id, verdict } of expected.regimens) assert.ok(words[verdict].includes(shown[id]), `${id}: ${verdict}, shown as ${shown[id]}`);
  await page.goto(`${at.server.origin}/clinician/entry/`);
  await ready(page);
  await dropped(page, [example]);
  await page.waitForSelector("#import");
  assert.deepEqual(JSON.parse(await saved(page)), expected);
  assert.ok(seen.requests.slice(before).every(({ method, body }) => method === "GET" && body === null), "no record leaves the browser");
  assert.deepEqual(seen.complaints, []);
  await context.close();
});

test("without scripts the server gives the same data, as a file", async () => {
  const chart = "born: 1971\n2024-03 breast cancer, HER2 IHC 3+\n";
  const reply = await fetch(`${at.server.origin}/clinician/json/`, { method: "POST", body: new URLSearchParams({ chart }) });
  assert.match(reply.headers.get("content-type"), /^application\/json/);
  assert.match(reply.headers.get("content-disposition"), /^attachment/);
  assert.equal(reply.headers.get("cache-control"), "no-store");
  assert.equal((await reply.json()).schema, "waymark.assessment/1");
});

test("of a file with several people, the reader chooses one", async () => {
  const { context, page } = await entry();
  const [one, other] = ["hr-positive-maintenance", "receptor-change"].map((name) => JSON.parse(readFileSync(`${root}/examples/${name}.fhir.json`, "utf8")));
  const both = { resourceType: "Bundle", type: "collection", entry: [...one.entry, ...other.entry] };
  const ids = both.entry.map(({ resource }) => resource).filter(({ resourceType }) => resourceType === "Patient").map(({ id }) => id);
  assert.equal(ids.length, 2);
  await dropped(page, [], [["two.json", JSON.stringify(both)]]);
  await page.waitForSelector(".whose:not([hidden])");
  assert.deepEqual(await page.locator(".whose option").allTextContents(), ids);
  await page.locator(".whose select").selectOption(ids[1]);
  await page.locator(".whose button").click();
  await page.waitForSelector("#import");
  assert.equal(JSON.parse(await saved(page)).patient.id, ids[1]);
  await context.close();
});

test("the text for a chart is copied", async () => {
  const persona = personas.find(({ name }) => name.startsWith("second-line-after-growth"));
  const { context, page } = await open(at.browser, { permissions: ["clipboard-read", "clipboard-write"] });
  await post(page, at.server.origin, "clinician/text/", { state: code(persona) });
  await ready(page);
  await page.locator("#copy").click();
  await page.waitForFunction(() => document.querySelector("#said").textContent !== "");
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(copied, await page.locator("#chart-text").inputValue());
  assert.ok(copied.length > 200 && copied.length <= 1500, `${copied.length} characters`);
  await context.close();
});

test("the sheet prints on two landscape pages for 95 % of personas", async () => {
  const counts = [];
  for (const persona of personas) {
    const { context, page } = await open(at.browser, { bypassCSP: true });
    await post(page, at.server.origin, "clinician/", { state: code(persona) });
    counts.push([persona.name, pages(await page.pdf({ format: "Letter", landscape: true }))]);
    await context.close();
  }
  const long = counts.filter(([, count]) => count > 2);
  console.log(`${counts.length - long.length} of ${counts.length} fit; longer: ${JSON.stringify(long)}`);
  assert.ok(long.length <= counts.length * 0.05, JSON.stringify(long));
});

/** Waits until something is wholly within the first screen, unscrolled; false where it never is. */
const within = (page, selector) =>
  page.locator(selector).first().elementHandle().then((it) =>
    page.waitForFunction(([selected, found]) => {
      const { top, bottom, height } = (found.isConnected ? found : document.querySelector(selected))?.getBoundingClientRect() ?? { height: 0 };
      return height > 0 && top >= 0 && bottom <= innerHeight;
    }, [selector, it], { timeout: 4000 }).then(() => true, () => false));

for (const [what, viewport] of [["a laptop", { width: 1280, height: 800 }], ["a tablet on its side", { width: 1024, height: 768 }]]) {
  test(`on the first screen of ${what}: the entry, and beside it the regimens in a line each, as it is entered`, async () => {
    const { context, page } = await entry({ viewport });
    await page.locator('[name="q-her2"]').selectOption("positive");
    await page.waitForSelector('#live .board [data-board="thp"][data-status="depends"]');
    assert.equal(await page.evaluate(() => scrollY), 0, "nothing was scrolled");
    for (const field of ["her2", "hormones", "retest"]) assert.ok(await within(page, `[name="q-${field}"]`), `the answer for ${field}`);
    for (const part of ["section:has([data-board]) h2", "ul > [data-board]:nth-child(1)", "ul > [data-board]:nth-child(2)", "ul > [data-board]:nth-child(3)"]) assert.ok(await within(page, `#live .board ${part}`), part);
    await page.locator("#chart").fill("born: 1970\n2024-03 breast cancer, HER2 IHC 3+, ER negative, PR negative\n2024-03 metastasis: liver\nrecord: complete");
    await page.waitForSelector('#live .board [data-board="thp"][data-status="may"]');
    await page.evaluate(() => scrollTo(0, 0));
    for (const regimen of await page.locator('#live .board [data-status="may"]').evaluateAll((all) => all.map((it) => it.dataset.board))) {
      assert.ok(await within(page, `#live .board [data-board="${regimen}"]`), `${regimen}, which is met`);
    }
    await page.mouse.wheel(0, 1200);
    await page.waitForFunction(() => scrollY > 600);
    assert.ok(await within(page, "#live .board section:has([data-board]) h2"), "the regimens stay in sight while more is entered");
    await context.close();
  });
}

test("on the first screen of the sheet: what it is, what is known, and what would settle it", async () => {
  const persona = personas.find(({ name }) => name.startsWith("second-line-after-growth"));
  const { context, page } = await open(at.browser, { viewport: { width: 1280, height: 800 } });
  await post(page, at.server.origin, "clinician/", { state: code(persona) });
  for (const part of ["h1", "#live > .notice", "#known .strip", "#settle h2", "#settle :is(tbody tr, p)"]) assert.ok(await within(page, `main ${part}`), part);
  await context.close();
});

test("the text for a chart has at most 1,500 plain characters for every persona", async () => {
  for (const persona of personas) {
    const reply = await fetch(`${at.server.origin}/clinician/text/`, { method: "POST", body: new URLSearchParams({ state: code(persona) }) });
    const [, text] = (await reply.text()).match(/<textarea[^>]*id="chart-text"[^>]*>([^<]*)/);
    const plain = text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");
    assert.ok(plain.length > 100 && plain.length <= 1500, `${persona.name}: ${plain.length}`);
    assert.match(plain, /^[\x20-\x7e\n]*$/, persona.name);
  }
});
