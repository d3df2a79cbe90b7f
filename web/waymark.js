// The same pages, made in the browser: once the engine is here, no form and no link leaves this page, and nothing that is
// answered is sent. Until then a form waits; where the engine cannot be had, forms go to the server that gave the page.
(() => {
  "use strict";
  const root = document.documentElement;
  const base = root.dataset.base || "/";
  const files = JSON.parse(document.currentScript?.dataset.files || "{}");
  const languages = (root.dataset.languages || "en").split(" ");
  const alone = location.protocol === "file:";
  // The first engine is small; the other one reads records in FHIR and makes the clinician sheet too.
  const [first, whole] = ["waymark.wasm", "waymark-record.wasm"];
  const find = (selector) => document.querySelector(selector);
  const plain = (text) => { try { return decodeURIComponent(text); } catch { return text; } };

  let state = find("#state input")?.value || "";
  let engine, boots, spoken = new Set();
  let touched = false; // something was chosen or typed since this page was shown
  let saved = true;
  const visits = new Map(); // what each entry of the history asked for; in memory alone

  // A link carries answers behind its #, which browsers do not send. They leave the address before anything else happens.
  const carried = /^#\d+\./.test(location.hash) ? plain(location.hash.slice(1)) : "";
  if (carried) history.replaceState(null, "", location.href.split("#")[0]);

  /* The engine */

  async function bytes(name) {
    const inside = document.getElementById(`file-${name}`);
    if (!inside) {
      const reply = await fetch(files[name]);
      if (!reply.ok) throw new Error(`${name}: ${reply.status}`);
      navigator.serviceWorker?.ready.then(({ active }) => active.postMessage(files[name]));
      return new Uint8Array(await reply.arrayBuffer());
    }
    const packed = Uint8Array.from(atob(inside.textContent), (it) => it.charCodeAt(0));
    if (packed[0] !== 0x1f || packed[1] !== 0x8b) return packed;
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }

  /** Calls the engine: four bytes with a length and so many bytes come back (crates/wasm/src/memory.rs), texts in a row. */
  function call(name, input) {
    const at = engine.give(input.length);
    new Uint8Array(engine.memory.buffer, at, input.length).set(input);
    const answer = engine[name](at, input.length);
    const view = new DataView(engine.memory.buffer, answer);
    const end = view.getUint32(0, true) + 4;
    const texts = [];
    for (let place = 4; place < end; ) {
      const length = view.getUint32(place, true);
      texts.push(new TextDecoder().decode(new Uint8Array(engine.memory.buffer, answer + place + 4, length)));
      place += 4 + length;
    }
    engine.take(answer, end);
    const [problem, help, ...reply] = texts;
    if (problem) throw Object.assign(new Error(problem), { help });
    return reply;
  }

  /** Texts and bytes in a row, each behind four bytes with its length (crates/wasm/src/calls.rs). */
  function row(parts) {
    const each = parts.map((it) => (typeof it === "string" ? new TextEncoder().encode(it) : it));
    const bytes = new Uint8Array(each.reduce((length, it) => length + 4 + it.length, 0));
    let at = 0;
    for (const it of each) {
      new DataView(bytes.buffer).setUint32(at, it.length, true);
      bytes.set(it, at + 4);
      at += 4 + it.length;
    }
    return bytes;
  }

  async function boot(name) {
    const bundle = name.replace("waymark", "knowledge").replace(".wasm", ".bundle");
    const [code, knowledge, site] = await Promise.all([name, bundle, "site.bundle"].map(bytes));
    engine = (await WebAssembly.instantiate(code)).instance.exports;
    call("load_knowledge", knowledge);
    call("load_site", site);
    spoken = new Set(["en"]);
    boots = name;
  }

  const speaks = (path) => (languages.includes(path.split("/")[0]) ? path.split("/")[0] : languages[0]);
  const inLanguage = (place) => [root.lang === languages[0] ? "" : root.lang, place].filter(Boolean).join("/");
  const today = () => new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 10);

  /** The page of a path below the base and of the fields of a form; or a file to be saved. */
  async function made(path, fields) {
    const language = speaks(path);
    const sentences = `${language}.translation`;
    if (!spoken.has(language) && (files[sentences] || document.getElementById(`file-${sentences}`))) {
      call("load_translation", await bytes(sentences));
      spoken.add(language);
    }
    const [status, media, state, html] = call("respond", row([today(), path, ...fields.flat()]));
    // The page says what this engine cannot make; it is shown only where the other one cannot be had.
    const more = status === "501" && boots !== whole && files[whole];
    if (more && (await boot(whole).then(() => true, () => false))) return made(path, fields);
    if (media === "file") return { file: html };
    return { state, document: new DOMParser().parseFromString(html, "text/html") };
  }

  const idle = (act, timeout) => (window.requestIdleCallback ?? setTimeout)(act, { timeout });

  // Fonts and engine take nothing from the page that is being read: they come when it is painted, the engine when it is calm too, or
  // at the first touch.
  const painted = new Promise((go) => {
    const then = () => requestAnimationFrame(() => setTimeout(go, 60));
    if (document.readyState === "complete") then(); else addEventListener("load", then);
  });
  // Both fonts at once: each by itself would lay the page out anew.
  const fonts = [["Atkinson Hyperlegible Next", "atkinson-next", "400 700"], ["Fraunces", "fraunces-560", "560"]];
  const face = ([family, file, weight]) => new FontFace(family, `url("${base}assets/fonts/${file}.woff2")`, { weight }).load();
  if (!alone) painted.then(() => Promise.all(fonts.map(face))).then((all) => all.forEach((it) => document.fonts.add(it)), () => {});
  const calm = new Promise((go) => {
    if (carried) return go();
    painted.then(() => idle(go, 2000));
    for (const touch of ["pointerdown", "keydown", "input"]) addEventListener(touch, go, { once: true, capture: true });
  });
  const begins = files[whole] && document.body.className === "sheet" ? whole : first;
  const ready = files[first] === undefined ? Promise.reject(new Error("no engine")) : calm.then(() => boot(begins));

  /* Showing a page */

  const answered = (code) => { try { return answers(code).includes('"answers"'); } catch { return false; } };
  const answers = (code) => new TextDecoder().decode(Uint8Array.from(atob(code.split(".")[1].replace(/-/g, "+").replace(/_/g, "/")), (it) => it.charCodeAt(0)));

  /** The page to which the answers lead is made while they are looked over; when it is asked for, it only has to be shown. */
  let ahead = {};
  const asked = (path, fields) => JSON.stringify([today(), path, fields]);
  function foresee() {
    const form = find("form[data-ahead]");
    if (!form || !engine) return;
    idle(() => {
      const [path, fields] = [below(form.getAttribute("action")), filled(form)];
      if (form.isConnected) ahead = { of: asked(path, fields), page: made(path, fields) };
    }, 300);
  }

  async function show(path, fields, { push = true, move = true } = {}) {
    const page = await (ahead.of === asked(path, fields) ? ahead.page : made(path, fields));
    ahead = {};
    if (page.file) return hand("assessment.json", "application/json", page.file);
    const { body, documentElement, title } = page.document;
    if (page.state !== state) saved = !answered(page.state);
    state = page.state;
    if (kept()) keep(true);
    document.title = title;
    root.lang = documentElement.lang;
    Object.assign(root.dataset, { door: "browser", path: documentElement.dataset.path });
    document.body.className = body.className;
    if (move) document.body.replaceChildren(...body.childNodes);
    else meld(document.body, body);
    if (push) {
      const visit = crypto.getRandomValues(new Uint32Array(2)).join("-");
      visits.set(visit, { path, fields });
      history.pushState({ visit }, "", alone ? undefined : base + (path && `${path}/`));
    }
    dress();
    follow();
    foresee();
    if (!move) return;
    const heading = find("main h1") || find("main");
    heading.tabIndex = -1;
    scrollTo(0, 0);
    heading.focus({ preventScroll: true });
  }

  const tell = (key) => { find("#said").textContent = find("#said").dataset[key]; };

  /** What only scripts can do is shown. */
  function dress() {
    touched = false;
    for (const it of document.querySelectorAll('button[type="button"][hidden], [data-scripts][hidden]')) it.hidden = false;
    for (const it of document.querySelectorAll("[data-theme-choice]")) it.setAttribute("aria-pressed", String(it.dataset.themeChoice === (root.dataset.theme || "")));
    if (find("#kept")) find("#kept").checked = Boolean(kept());
  }

  /** Makes the children of a node those of the next one; what is the same stays where it is, unpainted anew. */
  function meld(now, next) {
    let at = now.firstChild;
    for (const it of [...next.childNodes]) {
      let same = at;
      while (same && !same.isEqualNode(it)) same = same.nextSibling;
      if (same) {
        while (at !== same) { at = at.nextSibling; at.previousSibling.remove(); }
        at = at.nextSibling;
      } else if (at?.cloneNode().isEqualNode(it.cloneNode())) {
        if (it.nodeType === Node.ELEMENT_NODE) meld(at, it);
        at = at.nextSibling;
      } else now.insertBefore(it, at);
    }
    while (at) { const rest = at.nextSibling; at.remove(); at = rest; }
  }

  /** What follows a form is there from the first. */
  function follow() {
    const form = find("form[data-live]");
    if (form) live(form, { quiet: true }).catch(broken);
  }

  /** The engine cannot be had, or has stopped: the page says so, and what happens now. */
  function broken(error) {
    console.error(error);
    if (find("#no-engine")) find("#no-engine").hidden = false;
  }

  /* What the reader does */

  /** The path of a page below the base; nothing for another address. */
  function below(address) {
    if (!address?.startsWith(base) || address.startsWith("//")) return null;
    const path = address.slice(base.length).split(/[?#]/)[0].replace(/\/$/, "");
    return /^assets\/|\.\w+$/.test(path) ? null : path;
  }

  const filled = (form, submitter) => [...new FormData(form, submitter)].filter(([, value]) => typeof value === "string");

  addEventListener("click", (event) => {
    const theme = event.target.closest("[data-theme-choice]");
    const chosen = event.target.closest("[data-choose]");
    const copied = event.target.closest("[data-copy]");
    const act = acts[event.target.closest('button[type="button"]')?.id];
    const link = event.target.closest("a[href]");
    if (theme) {
      root.dataset.theme = theme.dataset.themeChoice;
      if (!root.dataset.theme) delete root.dataset.theme;
      const was = touched;
      dress();
      touched = was;
    } else if (chosen) read(chosen.form, waits, chosen.form.elements.patient.value).catch(broken);
    else if (copied) copy(document.getElementById(copied.dataset.copy));
    else if (act) act();
    else if (link && files[first] !== undefined && event.button === 0 && !link.target && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey) {
      const path = below(link.getAttribute("href"));
      if (path === null) return;
      event.preventDefault();
      ready.then(() => show(path, [["state", state]])).catch((error) => { broken(error); location.assign(link.href); });
    }
  });

  addEventListener("submit", (event) => {
    const form = event.target;
    const path = below(form.getAttribute("action"));
    if (path === null || form.method !== "post" || files[first] === undefined || form.dataset.sent) return;
    event.preventDefault();
    const fields = filled(form, event.submitter);
    const typed = form.dataset.record !== undefined && form.elements.record;
    ready.then(() => (typed ? read(form, [new Blob([typed.value])]) : show(path, fields))).catch((error) => {
      broken(error);
      if (root.dataset.door !== "server") return;
      form.dataset.sent = saved = true;
      form.requestSubmit(event.submitter);
    });
  });

  let waiting;
  addEventListener("input", (event) => {
    const { target } = event;
    touched = true;
    if (target.id === "kept") keep(target.checked);
    else if (target.type === "file") read(target.form, [...target.files]).catch(broken);
    else if (target.form?.dataset.live && engine) {
      clearTimeout(waiting);
      waiting = setTimeout(() => live(target.form).catch(broken), 200);
    }
  });

  /** The part of the page that follows its form. */
  async function live(form, { quiet = false } = {}) {
    const page = await made(below(form.getAttribute("action")), filled(form));
    const part = page.document.getElementById(form.dataset.live);
    document.getElementById(form.dataset.live)?.replaceChildren(...(part?.childNodes || []));
    state = page.state;
    if (!quiet) tell("live");
  }

  let waits = []; // a file of several people, until one of them is chosen

  /** Reads a record, or a file of saved answers, and shows what it gave. */
  async function read(form, given, patient) {
    await ready;
    const parts = await Promise.all(given.map(async (it) => new Uint8Array(await it.arrayBuffer())));
    const text = new TextDecoder().decode(parts[0]);
    if (/^\s*\{\s*"waymark"/.test(text)) return show(inLanguage("check"), [["state", text]]);
    if (boots !== whole && files[whole]) await boot(whole);
    const head = patient === undefined ? today() : `${today()}\n${patient}`;
    waits = [];
    let recorded, people;
    try {
      [recorded, ...people] = call("read_record", row([head, ...parts]));
    } catch ({ message, help }) {
      if (form.closest("details")) form.closest("details").open = true;
      if (form.querySelector("output")) form.querySelector("output").textContent = `${message}. ${help ?? ""}`;
      return tell("unread");
    }
    if (people.length) {
      waits = given;
      if (form.closest("details")) form.closest("details").open = true;
      form.elements.patient.replaceChildren(...people.map((id) => new Option(id)));
      form.querySelector(".whose").hidden = false;
      return form.elements.patient.focus();
    }
    const fills = form.dataset.record === "answers";
    if (fills) call("forget", row([]));
    await show(below(form.getAttribute("action")), [["state", fills ? recorded : state]]);
    tell("read");
  }

  addEventListener("dragover", (event) => { if (find(".drop")) event.preventDefault(); });
  addEventListener("drop", (event) => {
    const form = find(".drop form");
    if (!form || !event.dataTransfer.files.length) return;
    event.preventDefault();
    read(form, [...event.dataTransfer.files]).catch(broken);
  });

  /* Keeping, sharing, clearing */

  function kept() { try { return localStorage.getItem("waymark"); } catch { return null; } }
  function keep(wanted) {
    try { if (wanted) localStorage.setItem("waymark", state); else localStorage.removeItem("waymark"); } catch { /* this browser keeps nothing */ }
  }

  function hand(name, type, text) {
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(new Blob([text], { type })), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    tell("saved");
  }

  const copy = (field) => navigator.clipboard.writeText(field.value).then(() => tell("copied"), () => field.select());

  const acts = {
    print: () => print(),
    save: () => find("#saving").showModal(),
    "save-answers": () => { hand("my-page.json", "application/json", answers(state)); saved = true; },
    "save-page": async () => {
      const copy = (await made(below(root.dataset.path), [["state", state]])).document;
      const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]).filter((rule) => !(rule instanceof CSSFontFaceRule));
      for (const it of copy.querySelectorAll('script, link, form, dialog, button, [hidden]')) it.remove();
      for (const it of copy.querySelectorAll("a[href]")) if (below(it.getAttribute("href")) !== null) it.removeAttribute("href");
      const styles = `<style>${rules.map((rule) => rule.cssText).join("\n")}</style>`;
      hand("my-page.html", "text/html", `<!DOCTYPE html>${copy.documentElement.outerHTML.replace("</head>", () => `${styles}</head>`)}`);
    },
    share: () => {
      find("#link").value = `${alone ? location.href.split("#")[0] : location.origin + base + inLanguage("")}#${state}`;
      find("#sharing").showModal();
    },
    "copy-link": () => copy(find("#link")),
    clear: async () => {
      keep(false);
      call("forget", row([]));
      visits.clear();
      await show(inLanguage(""), []);
      tell("cleared");
    },
  };

  addEventListener("popstate", (event) => {
    if (!engine || (location.hash && !event.state)) return;
    const visit = visits.get(event.state?.visit) || { path: below(location.pathname) || "", fields: [["state", state]] };
    show(visit.path, visit.fields, { push: false }).catch(broken);
  });
  addEventListener("beforeunload", (event) => { if (!saved && !kept()) event.preventDefault(); });

  /* The page that came from the server or from a file */

  dress();
  ready.then(async () => {
    const here = below(alone ? root.dataset.path : location.pathname) ?? "";
    const back = carried || (!answered(state) && kept());
    if (back) {
      const damaged = (await made("", [["state", back]])).document.querySelector('.notice[role="alert"]:not([hidden])');
      await show(carried && !damaged ? inLanguage("page") : here, [["state", back]]);
    } else if (root.dataset.door === "server" && answered(state)) {
      follow(); // what the server made of answers today is what the engine would make of them
    } else if (base + (here && `${here}/`) !== root.dataset.path || (!touched && document.activeElement === document.body)) {
      await show(here, [["state", state]], { push: false, move: false });
    }
    root.dataset.ready = "yes";
    if ("serviceWorker" in navigator && !alone) await navigator.serviceWorker.register(`${base}sw.js`);
  }).catch((error) => { if (files[first] !== undefined) broken(error); });
})();
