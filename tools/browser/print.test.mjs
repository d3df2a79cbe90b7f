// Print: two pages for 95 % of personas, and every status without its colour.
import assert from "node:assert/strict";
import { test } from "node:test";
import { code, open, pages, personas, post, setting } from "./visit.mjs";

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
