// Calls the engine of the browser as its script does: [name, input] pairs on standard input, replies on standard output.
import { readFileSync } from "node:fs";

const dist = process.argv[2];
const { instance } = await WebAssembly.instantiate(readFileSync(`${dist}/waymark.wasm`));
const engine = instance.exports;

function call(name, bytes) {
  const at = engine.give(bytes.length);
  new Uint8Array(engine.memory.buffer, at, bytes.length).set(bytes);
  const answer = engine[name](at, bytes.length);
  const length = new DataView(engine.memory.buffer).getUint32(answer, true);
  const reply = new TextDecoder().decode(new Uint8Array(engine.memory.buffer, answer + 4, length));
  engine.take(answer, length + 4);
  return JSON.parse(reply);
}

const loaded = call("load_knowledge", readFileSync(`${dist}/knowledge.bundle`));
if (!loaded.done) throw new Error(loaded.problem);
const calls = JSON.parse(readFileSync(0, "utf8"));
const replies = calls.map(([name, input]) => call(name, new TextEncoder().encode(JSON.stringify(input))));
process.stdout.write(JSON.stringify(replies));
