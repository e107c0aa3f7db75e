/** What an account issues and whom it accredits, as the chain's events tell. */
import { type Address, getAbiItem, isAddressEqual } from "viem";
import { at } from "../../chain/client";
import { logs } from "../../chain/logs";
import { attestationsAbi } from "../../generated/Attestations";
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

/** One series; null where nobody was accredited by that name. */
export async function readSeries(schema: number, issuer: Address): Promise<Series | null> {
  const [[opened], state] = await Promise.all([schemasOpened(schema), seriesOf(schema, issuer)]);
  return opened && state ? { ...state, opened, issuer } : null;
}
