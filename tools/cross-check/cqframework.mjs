// The engine of the CQL framework, which comes with the translator.
import { KtMap, KtMutableSet } from "@cqframework/cql/kotlin-kotlin-stdlib";
import { BigDecimal } from "@cqframework/cql/shared";
import * as engine from "@cqframework/cql/engine";

/** A function of a set of facts that gives a function of a definition's name. */
export function prepare({ libraries, elm }, library) {
  elm(library); // for its remarks
  const caching = new Set([engine.CqlEngine.Options.EnableExpressionCaching]);
  const all = new engine.EvaluationParams.LibraryParams.Builder().build();
  return (set) => {
    // What an engine has cached outlives its parameters: a new one for each set.
    const cql = new engine.CqlEngine(new engine.Environment(libraries), KtMutableSet.fromJsSet(caching));
    const params = new engine.EvaluationParams.Builder();
    params.libraryByName(library, all);
    params.parameters = parameters(set);
    const results = cql.evaluate(params.build()).onlyResultOrThrow;
    return (name) => {
      const result = results.getByName(name);
      if (!result) throw new Error(`no result for "${name}"`);
      return result.value?.value ?? null;
    };
  };
}

function parameters(set) {
  const entries = Object.entries(set).map(([name, value]) => [name, parameter(value)]);
  return KtMap.fromJsMap(new Map(entries));
}

function parameter(value) {
  if (value === null) return null;
  if (typeof value === "boolean") return new engine.Boolean(value);
  if ("date" in value) return engine.Date.fromDateString(value.date);
  if ("integer" in value) return new engine.Integer(Number(value.integer));
  return new engine.Decimal(BigDecimal.fromString(value.decimal));
}
