// Evaluates CQL libraries over sets of facts, on an engine that is not ours.
//
// usage: node evaluate.mjs ENGINE DIR LIBRARY…
//   ENGINE   cql-execution | cqframework
//   DIR      holds the .cql files, LIBRARY.defines.json (names of definitions, in order) and LIBRARY.sets.ndjson
//            (an object of all parameters a line; a date is {"date": "YYYY-MM-DD"})
// Writes DIR/LIBRARY.ENGINE.txt: a line for each set, with t, f or u (null) for each definition.
import fs from "node:fs";
import { createRequire } from "node:module";
import { translator } from "./translate.mjs";

globalThis.require ??= createRequire(import.meta.url); // the translator's file access asks for a global one

const [engine, dir, ...libraries] = process.argv.slice(2);
const engines = { "cql-execution": "./cql-execution.mjs", cqframework: "./cqframework.mjs" };
if (!engines[engine] || !libraries.length) {
  console.error("usage: node evaluate.mjs cql-execution|cqframework DIR LIBRARY…");
  process.exit(2);
}
const read = (name) => fs.readFileSync(`${dir}/${name}`, "utf8");
const modelInfo = fs.readFileSync(new URL("system-modelinfo.xml", import.meta.url), "utf8");
const { prepare } = await import(engines[engine]);

function letter(value, name) {
  if (value === null) return "u";
  if (value === true) return "t";
  if (value === false) return "f";
  throw new Error(`"${name}": ${value} is no truth`);
}

for (const library of libraries) {
  const names = JSON.parse(read(`${library}.defines.json`));
  const evaluate = prepare(translator(modelInfo, read), library);
  const out = fs.openSync(`${dir}/${library}.${engine}.txt`, "w");
  for (const line of read(`${library}.sets.ndjson`).split("\n").filter(Boolean)) {
    const answers = await evaluate(JSON.parse(line));
    fs.writeSync(out, `${names.map((name) => letter(answers(name), name)).join("")}\n`);
  }
  fs.closeSync(out);
}
