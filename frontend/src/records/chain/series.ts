/** What an account issues and whom it accredits, as the chain's events tell. */
import { type Address, getAbiItem, isAddressEqual } from "viem";
import { at } from "../../chain/client";
import { logs } from "../../chain/logs";
import { attestationsAbi } from "../../generated/Attestations";
import { DELIBERATION } from "../paper/actsfile";
import { isSameSchema } from "../paper/definition";
import { type OpenedSchema, type SeriesState, schemasOpened, seriesOf } from "./attested";

const ACCREDITED = getAbiItem({ abi: attestationsAbi, name: "Accredited" });

/** A series with what it is of. */
export interface Series extends SeriesState {
  opened: OpenedSchema;
  /** By this name. */
  issuer: Address;
}

/** What an account has to do with papers: series that its key signs, schemas that it opened. */
export interface Bureau {
  signed: readonly Series[];
  opened: readonly OpenedSchema[];
}

export async function bureauOf(account: Address): Promise<Bureau> {
  const { address } = at("Attestations", attestationsAbi);
  const [schemas, accredited] = await Promise.all([schemasOpened(), logs({ address, event: ACCREDITED })]);
  const named = new Map(accredited.map(({ args }) => [`${args.schema}:${args.issuer}`, args] as const));
  const series = await Promise.all(
    [...named.values()].map(async ({ schema, issuer }) => {
      const [state, opened] = [await seriesOf(Number(schema), issuer), schemas[Number(schema) - 1]];
      return state && opened ? [{ ...state, opened, issuer }] : [];
    }),
  );
  return {
    signed: series.flat().filter(({ key }) => isAddressEqual(key, account)),
    opened: schemas.filter(({ accreditor }) => isAddressEqual(accreditor, account)),
  };
}

/** A series by what names it. */
export interface SeriesName {
  schema: number;
  issuer: Address;
}

/** More are a stranger's, who may open as many as they like. */
const MOST_OF_ACTS = 50;

/** The series of acts that hold some, by the words of their schema: anybody may open one. */
export async function seriesOfActs(): Promise<SeriesName[]> {
  const { address } = at("Attestations", attestationsAbi);
  const schemas = await schemasOpened();
  const ofActs = schemas.filter(({ definition }) => definition && isSameSchema(definition, DELIBERATION));
  if (ofActs.length === 0) return [];
  const schema = ofActs.map((it) => BigInt(it.schema));
  const accredited = await logs({ address, event: ACCREDITED, args: { schema } });
  const named = new Map(accredited.map(({ args }) => [`${args.schema}:${args.issuer}`, args] as const));
  const found = [...named.values()].slice(0, MOST_OF_ACTS).map(async (args) => {
    const name = { schema: Number(args.schema), issuer: args.issuer };
    return (await seriesOf(name.schema, name.issuer))?.next ? [name] : [];
  });
  return (await Promise.all(found)).flat();
}

/** One series; null where nobody was accredited by that name. */
export async function readSeries(schema: number, issuer: Address): Promise<Series | null> {
  const [[opened], state] = await Promise.all([schemasOpened(schema), seriesOf(schema, issuer)]);
  return opened && state ? { ...state, opened, issuer } : null;
}
