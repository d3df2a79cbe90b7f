// Calls the engines of the browser as its script does: [name, parts] pairs on standard input; on standard output, for each call,
// the texts that those engines answer which know it.
import { readFileSync } from "node:fs";

const dist = process.argv[2];

/** Texts in a row, each behind four bytes with its length (crates/wasm/src/calls.rs). */
function row(parts) {
  return Buffer.concat(parts.map((it) => Buffer.from(it)).flatMap((it) => {
    const head = Buffer.alloc(4);
    head.writeUInt32LE(it.length);
    return [head, it];
  }));
}

function texts(row) {
  const found = [];
  for (let at = 0; at < row.length; at += 4 + row.readUInt32LE(at)) found.push(row.toString("utf8", at + 4, at + 4 + row.readUInt32LE(at)));
  return found;
}

async function loaded(code, knowledge) {
  const engine = (await WebAssembly.instantiate(readFileSync(`${dist}/${code}`))).instance.exports;
  const call = (name, bytes) => {
    const at = engine.give(bytes.length);
    new Uint8Array(engine.memory.buffer, at, bytes.length).set(bytes);
    const answer = engine[name](at, bytes.length);
    const length = new DataView(engine.memory.buffer).getUint32(answer, true);
    const reply = texts(Buffer.from(engine.memory.buffer.slice(answer + 4, answer + 4 + length)));
    engine.take(answer, length + 4);
    const [problem, , ...made] = reply;
    if (problem) throw new Error(problem);
    return made;
  };
  call("load_knowledge", readFileSync(`${dist}/${knowledge}`));
  return { knows: (name) => name in engine, call };
}

const engines = [
  await loaded("waymark.wasm", "knowledge.bundle"),
  await loaded("waymark-record.wasm", "knowledge-record.bundle"),
];
const calls = JSON.parse(readFileSync(0, "utf8"));
const replies = calls.map(([name, parts]) => engines.filter((it) => it.knows(name)).map((it) => it.call(name, row(parts))));
process.stdout.write(JSON.stringify(replies));
