// Print: two pages for 95 % of personas, and every status without its colour.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { code, launch, open, personas, post, serve } from "./visit.mjs";

let server, browser;
before(async () => {
  server = await serve();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  server?.stop();
});

/** The number of pages of a PDF, by its page objects. */
const pages = (pdf) => (pdf.toString("latin1").match(/\/Type\s*\/Page[^s]/g) ?? []).length;

for (const format of ["Letter", "A4"]) {
  test(`the summary has at most two pages of ${format} for 95 % of personas`, async () => {
    const counts = [];
    for (const prefix of ["", "es/"]) {
      for (const persona of personas) {
        const { context, page } = await open(browser, { javaScriptEnabled: true, bypassCSP: true });
        await post(page, server.origin, `${prefix}print/`, { state: code(persona) });
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
