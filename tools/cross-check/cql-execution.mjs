// The engine cql-execution, which runs ELM.
import cql from "cql-execution";

/** A function of a set of facts that gives a function of a definition's name. */
export function prepare({ elm }, library) {
  const compiled = new cql.Library(elm(library), new cql.Repository({}));
  const codes = new cql.CodeService({});
  const nobody = new cql.PatientSource([]);
  return async (set) => {
    const executor = new cql.Executor(compiled, codes, parameters(set));
    const { unfilteredResults: results } = await executor.exec(nobody);
    return (name) => {
      if (!Object.hasOwn(results, name)) throw new Error(`no result for "${name}"`);
      return results[name];
    };
  };
}

function parameters(set) {
  const entries = Object.entries(set).map(([name, value]) => [name, parameter(value)]);
  return Object.fromEntries(entries);
}

function parameter(value) {
  if (value === null || typeof value === "boolean") return value;
  if ("date" in value) return cql.Date.parse(value.date);
  return Number("integer" in value ? value.integer : value.decimal);
}
