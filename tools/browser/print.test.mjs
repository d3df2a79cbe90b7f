// Print: two pages for 95 % of personas, and every status without its colour.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { test } from "node:test";
import { code, open, pages, personas, post, ready, setting, turn } from "./visit.mjs";

const at = setting();

for (const format of ["Letter", "A4"]) {
  test(`the summary has at most two pages of ${format} for 95 % of personas`, async () => {
    const counts = [];
    for (const prefix of ["", "es/"]) {
      for (const persona of personas) {
        const { context, page } = await open(at.browser, { javaScriptEnabled: true, bypassCSP: true });
        await post(page, at.server.origin, `${prefix}print/`, { state: code(persona) });
        counts.push([`${prefix}${persona.name}`, pages(await page.pdf({ format }))]);
        await context.close();
      }
    }
    const long = counts.filter(([, count]) => count > 2);
    console.log(`${counts.length - long.length} of ${counts.length} fit; longer: ${JSON.stringify(long)}`);
    assert.ok(counts.every(([, count]) => count >= 1));
    assert.ok(long.length <= counts.length * 0.05, JSON.stringify(long));
  });
}

test("three answers, two of them \u201cI don\u2019t know\u201d, lead from the start to a sheet to take along", async () => {
  const { context, page } = await open(at.browser);
  await page.goto(`${at.server.origin}/`);
  await ready(page);
  await turn(page, () => page.locator("form.begin button").click());
  const open_questions = new Set(["her2", "hormones"]);
  for (let given = 0; given < 3; ) {
    const id = await page.locator('form.question input[name="asked"]').first().inputValue();
    if (open_questions.has(id)) await page.locator(`input[name="${id}"][value="unknown"]`).check();
    else if (id === "spread") await page.locator('input[name="spread"][value="bones"]').check();
    if (open_questions.has(id) || id === "spread") given += 1;
    await turn(page, () => page.locator(`button[name="go"][value="${given < 3 ? "next" : "stop"}"]`).click());
  }
  await turn(page, () => page.locator('form[action$="/page/"] button').first().click());
  assert.ok((await page.locator("article.card").count()) >= 15);
  await turn(page, () => page.locator('form[action$="/print/"] button').first().click());
  const pdf = await page.pdf({ format: "Letter" });
  if (process.env.KEEP) writeFileSync(`${process.env.KEEP}/stranger.pdf`, pdf);
  assert.ok(pages(pdf) <= 2);
  const said = await page.locator("main").innerText();
  assert.ok((await page.locator(".write > li").count()) >= 5, "questions to ask, with room to write");
  assert.match(said, /HER2/);
  await context.close();
});
