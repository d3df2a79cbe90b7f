// A server of our own, a browser without a network of its own, and a person who answers questions.
import { spawn } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:net";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const root = fileURLToPath(new URL("../..", import.meta.url));

const folder = `${root}/crates/testsuite/personas`;
export const personas = (existsSync(folder) ? readdirSync(folder) : [])
  .filter((name) => name.endsWith(".json"))
  .sort()
  .map((name) => {
    const text = readFileSync(`${root}/crates/testsuite/personas/${name}`, "utf8");
    return { name: name.replace(/\.json$/, ""), ...JSON.parse(text), text };
  });

/** The code of saved answers, as links and forms carry it. */
export const code = (persona) => `1.${Buffer.from(persona.text.trim()).toString("base64url")}`;

const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

/** `WAYMARK` names another binary. */
export const binary = process.env.WAYMARK ?? `${root}/target/debug/waymark`;

/** The number of pages of a PDF, by its page objects. */
export const pages = (pdf) => (pdf.toString("latin1").match(/\/Type\s*\/Page[^s]/g) ?? []).length;

/** Drops files on the page: those of paths, and texts with a name. */
export async function dropped(page, paths, texts = []) {
  const files = [...paths.map((path) => [path.split("/").at(-1), readFileSync(path, "utf8")]), ...texts];
  const dataTransfer = await page.evaluateHandle((all) => {
    const transfer = new DataTransfer();
    for (const [name, text] of all) transfer.items.add(new File([text], name));
    return transfer;
  }, files);
  await page.dispatchEvent(".drop", "drop", { dataTransfer });
}

/** Starts `waymark serve` on a free port of this machine. */
export async function serve() {
  const port = await freePort();
  const server = spawn(binary, ["serve", "--listen", `127.0.0.1:${port}`], { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  await new Promise((resolve, reject) => {
    server.stderr.on("data", (data) => {
      said += data;
      if (said.includes(`:${port}`)) resolve();
    });
    server.on("exit", (status) => reject(new Error(`the server stopped with ${status}: ${said}`)));
    server.on("error", reject);
  });
  return { origin: `http://127.0.0.1:${port}`, said: () => said, stop: () => server.kill() };
}

/** Debian's Chromium; `CHROMIUM` names another one. */
export const program = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** It is told not to look for a network of its own. */
export const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const launch = () => chromium.launch({ executablePath: program, args: flags });

/** A server and a browser for the tests of one file. */
export function setting() {
  const at = {};
  before(async () => {
    at.server = await serve();
    at.browser = await launch();
  });
  after(async () => {
    await at.browser?.close();
    at.server?.stop();
  });
  return at;
}

/** A page whose requests and complaints are kept. */
export async function open(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, ...options });
  const page = await context.newPage();
  const seen = { requests: [], complaints: [] };
  page.on("request", (request) => {
    if (!request.url().startsWith("blob:")) seen.requests.push({ method: request.method(), url: request.url(), body: request.postData() });
  });
  page.on("console", (message) => message.type() === "error" && seen.complaints.push(message.text()));
  page.on("pageerror", (error) => seen.complaints.push(String(error)));
  return { context, page, seen };
}

/** Waits until the browser itself answers, not the server. */
export const ready = (page) => page.waitForFunction(() => document.documentElement.dataset.door === "browser" || document.documentElement.dataset.ready === "yes", null, { timeout: 20000 });

/** Answers one page of questions as the persona would, with the pointer; false where there is none. */
async function answer(page, persona) {
  const form = page.locator("form.question");
  if ((await form.count()) === 0) return false;
  const asked = await form.locator('input[name="asked"]').evaluateAll((fields) => fields.map((it) => it.value));
  for (const treatment of asked.flatMap((id) => persona.answers?.[id]?.treatments ?? [])) {
    for (const medicine of treatment.medicines) {
      const box = page.locator(`input[name="medicine"][value="${medicine}"]`);
      await box.evaluate((input) => input.closest("details")?.setAttribute("open", ""));
      await box.check();
    }
    if (treatment.ended) await page.locator(`input[name="ended"][value="${treatment.ended}"]`).check();
    for (const end of ["from", "to"]) {
      if (!treatment[end]) continue;
      const [year, month] = treatment[end].split("-");
      const field = page.locator(`input[name="${end}-year"]`);
      await field.evaluate((input) => input.closest("details")?.setAttribute("open", ""));
      await field.fill(year);
      if (month) await page.locator(`select[name="${end}-month"]`).selectOption(month);
    }
    await turn(page, () => page.locator('button[name="go"][value="again"]:visible').click());
  }
  for (const id of asked) {
    for (const chosen of persona.answers?.[id]?.chosen ?? []) await page.locator(`:is([name="${id}"], [name^="${id}."])[value="${chosen}"]`).check();
  }
  await turn(page, () => page.locator('button[name="go"][value="next"]').click());
  return true;
}

/** Opens a page with fields, as a form without scripts would. */
export async function post(page, origin, place, fields = {}) {
  await page.goto(`${origin}/about/`);
  await Promise.all([
    page.waitForEvent("framenavigated"),
    page.evaluate(
      ([action, values]) => {
        const form = Object.assign(document.createElement("form"), { method: "post", action });
        for (const [name, value] of Object.entries(values)) {
          form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
        }
        document.body.append(form);
        HTMLFormElement.prototype.submit.call(form);
      },
      [`${origin}/${place}`, fields],
    ),
  ]);
  await page.waitForURL((url) => url.pathname === `/${place}`);
  await page.waitForLoadState("load");
}

/** Does something that leads to another page, and waits for it. */
export async function turn(page, act) {
  await page.evaluate(() => document.querySelector("main").setAttribute("data-old", ""));
  await act();
  await page.waitForFunction(() => document.querySelector("main") && !document.querySelector("main").hasAttribute("data-old"), null, { timeout: 20000 });
}

/** From the first page to one's own page, question by question; the milliseconds from the last press to the painted page. */
export async function walk(page, persona) {
  for (const question of await page.locator('form.begin input[type="checkbox"]').all()) {
    const [id, value] = await question.evaluate((input) => [input.name, input.value]);
    if (persona.answers?.[id]?.chosen?.includes(value)) await question.check();
  }
  await turn(page, () => page.locator("form.begin button").click());
  let steps = 0;
  while (await answer(page, persona)) {
    steps += 1;
    if (steps > 40) throw new Error("the questions do not end");
  }
  return page.locator('form[action$="/page/"] button').first().evaluate(async (button) => {
    // Nobody presses before the page with their answers is at rest; a browser without a window may find no time for that by itself.
    await new Promise((rest) => requestIdleCallback(rest, { timeout: 600 }));
    return new Promise((painted) => {
      const pressed = performance.now();
      new MutationObserver((_, observer) => {
        if (!document.querySelector("article.card")) return;
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(() => painted(performance.now() - pressed)));
      }).observe(document.body, { childList: true });
      button.click();
    });
  });
}

/** The group of every therapy on the page. */
export const groups = (page) =>
  page.locator("article.card[data-status]").evaluateAll((cards) => Object.fromEntries(cards.map((card) => [card.id.replace(/^card-/, ""), card.dataset.status])));
