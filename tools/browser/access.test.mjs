// Accessibility: axe in every mode, the keyboard alone, zoom, spacing, targets.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { code, open, personas, post, ready, setting } from "./visit.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const at = setting();

const full = personas.find(({ answers }) => Object.values(answers ?? {}).some(({ treatments }) => treatments?.length > 2));
const brain = personas.find(({ name }) => name.startsWith("brain-growing"));
const PLACES = ["", "check/", "page/", "print/", "compare/", "clinician/", "clinician/entry/", "learn/", "learn/brain/", "about/", "privacy/", "changes/", "sources/", "q/her2/", "q/treatments/"];

/** A page for the answers of a persona, as the server makes it. */
const show = (page, place, persona, fields = {}) => post(page, at.server.origin, place, { ...(persona ? { state: code(persona) } : {}), ...fields });

/** What axe finds; paper has no pointer. */
async function violations(page, media) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate((pointer) => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], rules: { "target-size": { enabled: pointer } } }), media !== "print");
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary.split("\n")[1]?.trim() ?? ""}`));
}

// The sheet is the longest page by far: one mode in each language looks at it.
const LIGHTER = PLACES.filter((place) => place !== "clinician/" && place !== "sources/");
const MODES = [
  { name: "light, 1280 px", places: PLACES, prefixes: ["", "es/"], viewport: { width: 1280, height: 900 } },
  { name: "dark, 768 px", viewport: { width: 768, height: 1024 }, colorScheme: "dark" },
  { name: "320 px", viewport: { width: 320, height: 640 } },
  { name: "forced colours", viewport: { width: 768, height: 1024 }, forcedColors: "active" },
  { name: "print", viewport: { width: 816, height: 1056 }, media: "print" },
];
for (const { name, media, places = LIGHTER, prefixes = [""], ...options } of MODES) {
  test(`axe finds nothing: ${name}`, async () => {
    for (const prefix of prefixes) {
      const { context, page } = await open(at.browser, { ...options, bypassCSP: true });
      for (const place of places) {
        await page.emulateMedia({ media: null });
        await show(page, prefix + place, full);
        await page.emulateMedia({ media: media ?? null });
        for (const details of await page.locator("details").all()) await details.evaluate((it) => it.setAttribute("open", ""));
        assert.deepEqual(await violations(page, media), [], `${prefix}${place}`);
      }
      await context.close();
    }
  });
}

const SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }";
for (const [name, width, css] of [
  ["at 320 px, which is 400 % of 1280 px", 320, ""],
  ["at 320 px with wide spacing of the text", 320, SPACED],
  ["at 768 px with 200 % text", 768, "html { font-size: 225% !important }"],
]) {
  test(`nothing is wider than the page ${name}`, async () => {
    const { context, page } = await open(at.browser, { viewport: { width, height: 640 }, bypassCSP: true });
    const wide = [];
    for (const [place, persona] of [...PLACES, ...PLACES.map((it) => `es/${it}`)].map((it) => [it, full]).concat([["page/", brain], ["es/page/", brain]])) {
      await show(page, place, persona);
      // What is out of sight is not laid out, and would be wide unseen.
      await page.addStyleTag({ content: `${css} section { content-visibility: visible !important; contain: none !important }` });
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (over > 1) {
        const [culprit] = await page.evaluate(() => [...document.querySelectorAll("main *")].filter((it) => it.getBoundingClientRect().right > innerWidth + 1 && !it.closest(".scroll")).map((it) => it.outerHTML.slice(0, 120)));
        wide.push(`${place} by ${over} px: ${culprit}`);
      }
    }
    assert.deepEqual(wide, []);
    await context.close();
  });
}

test("targets are at least 44 px high, links in sentences aside", async () => {
  const { context, page } = await open(at.browser);
  for (const place of PLACES) {
    await show(page, place, full);
    const small = await page.evaluate((least) =>
      [...document.querySelectorAll("button, select, summary, input:not([type=hidden]), nav a")]
        .map((it) => (["checkbox", "radio"].includes(it.type) ? (it.labels?.[0] ?? it) : it))
        .filter((it) => it.offsetParent && it.getBoundingClientRect().height < least)
        .map((it) => it.outerHTML.slice(0, 120)),
      // A clinician's one-screen entry is dense: what WCAG 2.2 AA asks of it.
      place.startsWith("clinician") ? 24 : 43.5,
    );
    assert.deepEqual(small, [], place);
  }
  await context.close();
});

test("nothing moves where motion is not wanted", async () => {
  const { context, page } = await open(at.browser, { reducedMotion: "reduce" });
  await page.goto(`${at.server.origin}/`);
  await ready(page);
  const moving = await page.evaluate(() => [...document.querySelectorAll("*")].filter((it) => parseFloat(getComputedStyle(it).transitionDuration) > 0 || getComputedStyle(it).animationName !== "none").length);
  assert.equal(moving, 0);
  await context.close();
});

test("with the keyboard alone: from the start through three questions to a page", async () => {
  const { context, page } = await open(at.browser);
  await page.goto(`${at.server.origin}/`);
  await ready(page);
  const reach = async (selector) => {
    for (let presses = 0; presses < 200; presses += 1) {
      await page.keyboard.press("Tab");
      if (await page.evaluate((it) => document.activeElement?.matches(it), selector)) return;
    }
    throw new Error(`the keyboard does not reach ${selector}`);
  };
  await reach("a.skip");
  await reach("form.begin button");
  await page.keyboard.press("Enter");
  for (let question = 0; question < 3; question += 1) {
    await page.waitForSelector("form.question");
    const action = await page.locator("form.question").getAttribute("action");
    await reach("form.question fieldset input");
    await page.keyboard.press("Space");
    const ring = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
    assert.notEqual(ring, "none", "the focus shows");
    await reach('button[value="next"]');
    await page.keyboard.press("Enter");
    await page.waitForFunction((it) => document.querySelector("form.question")?.getAttribute("action") !== it, action);
    assert.ok(await page.evaluate(() => document.activeElement?.closest("main") !== null), "the focus is in the new page");
  }
  await reach('button[value="stop"]');
  await page.keyboard.press("Enter");
  await page.waitForSelector("dl.answers");
  await reach('form[action$="/page/"] button');
  await page.keyboard.press("Enter");
  await page.waitForSelector("article.card", { state: "attached" });
  await context.close();
});

test("the sticky bar never hides what has the focus", async () => {
  const { context, page } = await open(at.browser);
  await show(page, "page/", full);
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press("Tab");
    const hidden = await page.evaluate(() => {
      const it = document.activeElement, bar = document.querySelector(".bar");
      if (!bar || !it || it === document.body || bar.contains(it)) return false;
      const [box, cover] = [it.getBoundingClientRect(), bar.getBoundingClientRect()];
      return box.top >= cover.top && box.bottom <= cover.bottom && box.height > 0;
    });
    assert.equal(hidden, false);
  }
  await context.close();
});
