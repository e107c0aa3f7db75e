/** The town's schemas of some kind, and the series under them: whether the site shows any of them, or none. */
import { schemasOpened } from "./chain/attested";
import { officers } from "./chain/offices";
import { type SeriesNow, seriesUnder } from "./chain/standing";
import { type Definition, isSameSchema } from "./paper/definition";
import { published } from "./published";

/** A series, with the number of its next paper. */
export type Next = Pick<SeriesNow, "schema" | "issuer" | "next">;

export interface Own {
  schemas: ReadonlySet<number>;
  /** Those that hold papers. */
  series: readonly Next[];
}

const isAmong =
  (kinds: readonly Definition[]) =>
  ({ definition }: { definition: Definition | null }): boolean =>
    definition !== null && kinds.some((it) => isSameSchema(definition, it));

/** Those that who holds an office opened, as a node tells. */
export async function ownByNode(kinds: readonly Definition[]): Promise<Own> {
  const opened = (await schemasOpened()).filter(isAmong(kinds));
  const holding = await officers(opened.map(({ accreditor }) => accreditor));
  const schemas = opened.filter(({ accreditor }) => holding.has(accreditor.toLowerCase())).map(({ schema }) => schema);
  return { schemas: new Set(schemas), series: await seriesUnder(schemas) };
}

/** Those that the site tells. */
export async function ownByList(kinds: readonly Definition[]): Promise<Own> {
  const all = await published();
  const schemas = new Set((all?.schemas ?? []).filter(isAmong(kinds)).map(({ schema }) => schema));
  return { schemas, series: (all?.series ?? []).filter(({ schema, next }) => schemas.has(schema) && next > 0) };
}
