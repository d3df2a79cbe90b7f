// Lighthouse on its mobile profile: a middling phone on a slow line. Scores are printed beside the goal; what a clock has no part in is asserted.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { test } from "node:test";
import { startFlow } from "lighthouse";
import puppeteer from "puppeteer-core";
import { code, flags, personas, program, setting } from "./visit.mjs";

const at = setting();
const GOAL = 95;
const persona = personas.find(({ name }) => name.startsWith("second-line-after-growth"));
const PLACES = [
  ["start", ""],
  ["a question", "q/her2/"],
  ["a person's page", "page/", persona],
  ["clinician sheet", "clinician/", persona],
];
const CATEGORIES = ["performance", "accessibility", "best-practices"];
const config = { extends: "lighthouse:default", settings: { onlyCategories: CATEGORIES } };
const row = (cells) => cells.map((cell, place) => (place ? String(cell).padStart(15) : cell.padEnd(18))).join("");

test("Lighthouse, on its mobile profile", async () => {
  console.log(row(["goal " + GOAL, ...CATEGORIES, "first paint ms", "largest ms", "blocking ms", "shift"]));
  const browser = await puppeteer.launch({ executablePath: program, args: flags });
  try {
    for (const [name, place, person] of PLACES) {
      const page = await browser.newPage();
      const flow = await startFlow(page, { config });
      const address = `${at.server.origin}/${place}`;
      if (person) {
        // A page of answers comes by a form alone.
        await page.goto(`${at.server.origin}/about/`);
        await flow.navigate(() =>
          page.evaluate(
            ([action, value]) => {
              const form = Object.assign(document.createElement("form"), { method: "post", action });
              form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "state", value }));
              document.body.append(form);
              HTMLFormElement.prototype.submit.call(form);
            },
            [address, code(person)],
          ),
        );
      } else await flow.navigate(address);
      const { lhr } = (await flow.createFlowResult()).steps[0];
      if (process.env.LIGHTHOUSE) writeFileSync(`${process.env.LIGHTHOUSE}/${name.replace(/\W+/g, "-")}.json`, JSON.stringify(lhr));
      const score = (category) => Math.round(lhr.categories[category].score * 100);
      const figure = (audit) => lhr.audits[audit].numericValue;
      const paints = ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time"].map((audit) => Math.round(figure(audit)));
      console.log(row([name, ...CATEGORIES.map(score), ...paints, figure("cumulative-layout-shift").toFixed(3)]));
      for (const category of CATEGORIES.slice(1)) {
        const lost = lhr.categories[category].auditRefs.map(({ id }) => lhr.audits[id]).filter(({ score: it }) => it !== null && it < 1);
        assert.ok(score(category) >= GOAL, `${name}, ${category}: ${lost.map(({ title }) => title).join("; ")}`);
      }
      await page.close();
    }
  } finally {
    await browser.close();
  }
});
