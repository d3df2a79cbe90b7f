// CQL to ELM with the official translator.
import * as cql from "@cqframework/cql/cql-to-elm";

// The exported CQL has no units but those of the calendar, which need no UCUM; the translator asks for a service all
// the same once a duration is written.
const units = cql.createUcumService(
  (value, from, to) => {
    if (from !== to) throw new Error(`no conversion from ${from} to ${to}`);
    return value;
  },
  () => null,
  (left) => left,
  (left) => left,
);

/** A translator of the libraries that `read` gives the text of; any error or warning ends it. */
export function translator(modelInfo, read) {
  const models = new cql.ModelManager();
  models.modelInfoLoader.registerModelInfoProvider(
    cql.createModelInfoProvider((id) => (id === "System" ? cql.stringAsSource(modelInfo) : null)),
  );
  const options = cql.CqlCompilerOptions.defaultOptions();
  options.signatureLevel = cql.LibraryBuilder.SignatureLevel.Overloads; // functions differ by their number of operands
  const libraries = new cql.LibraryManager(models, options, undefined, units);
  libraries.librarySourceLoader.registerProvider(
    cql.createLibrarySourceProvider((id) => cql.stringAsSource(read(`${id}.cql`))),
  );
  const elm = (library) => {
    const translated = JSON.parse(cql.CqlTranslator.fromText(read(`${library}.cql`), libraries).toJson());
    const problems = (translated.library.annotation ?? []).filter((it) => it.errorSeverity);
    for (const it of problems) {
      console.error(`${library}.cql:${it.startLine}:${it.startChar}: ${it.errorSeverity}: ${it.message}`);
    }
    if (problems.length) throw new Error(`${library}.cql was not translated without a remark`);
    return translated;
  };
  return { libraries, elm };
}
