// Small pictures of the pages of a made-up person, for the README: `node shots.mjs` writes them to docs/images.
// With `--look DIR` every page at every width, light, dark and in print, for someone to look at.
import { mkdirSync, writeFileSync } from "node:fs";
import { code, launch, open, personas, post, ready, root, serve } from "./visit.mjs";

const LARGEST = 60_000;
const persona = personas.find(({ name }) => name === "second-line-after-growth-on-first");
const look = process.argv[2] === "--look" ? process.argv[3] : null;
const out = look ?? `${root}/docs/images`;
mkdirSync(out, { recursive: true });
const server = await serve();
const browser = await launch();

/** A picture as WebP, in the best quality that is small enough. */
async function small(page, png) {
  for (const quality of [0.9, 0.8, 0.7, 0.55, 0.4]) {
    const url = await page.evaluate(
      async ([data, q]) => {
        const picture = new Image();
        picture.src = `data:image/png;base64,${data}`;
        await picture.decode();
        const canvas = Object.assign(document.createElement("canvas"), { width: picture.naturalWidth, height: picture.naturalHeight });
        canvas.getContext("2d").drawImage(picture, 0, 0);
        return canvas.toDataURL("image/webp", q);
      },
      [png.toString("base64"), quality],
    );
    const bytes = Buffer.from(url.split(",")[1], "base64");
    if (bytes.length <= LARGEST) return bytes;
  }
  throw new Error("no quality is small enough");
}

/** One page, from the part that a selector names on. */
async function shot(name, place, { width, height = 900, colorScheme = "light", from, media, whole = false }) {
  const { context, page } = await open(browser, { viewport: { width, height }, colorScheme, bypassCSP: true });
  await post(page, server.origin, place, { state: code(persona) });
  await ready(page);
  if (media) await page.emulateMedia({ media, colorScheme });
  if (from) await page.locator(from).first().evaluate((it) => it.scrollIntoView());
  const png = await page.screenshot({ fullPage: whole });
  writeFileSync(`${out}/${name}.${look ? "png" : "webp"}`, look ? png : await small(page, png));
  await context.close();
}

if (look) {
  for (const place of ["", "q/her2/", "q/treatments/", "check/", "page/", "print/", "clinician/", "clinician/entry/", "learn/", "about/"]) {
    const name = place.replace(/\//g, "-").replace(/-$/, "") || "start";
    for (const width of [320, 768, 1280]) await shot(`${name}-${width}`, place, { width });
    await shot(`${name}-dark`, place, { width: 768, colorScheme: "dark" });
    await shot(`${name}-print`, place, { width: 816, height: 1056, media: "print" });
  }
  for (const section of ["pathway", "options", "brain", "timeline", "call"]) {
    for (const width of [320, 768, 1280]) await shot(`page-${section}-${width}`, "page/", { width, from: `#${section}` });
  }
} else {
  await shot("page", "page/", { width: 1000, height: 760 });
  await shot("options", "page/", { width: 1000, height: 760, from: "#group-may" });
  await shot("pathway-phone", "page/", { width: 390, height: 760, from: "#pathway" });
  await shot("sheet-dark", "clinician/", { width: 1280, height: 800, colorScheme: "dark", from: "#regimens" });
}
await browser.close();
server.stop();
