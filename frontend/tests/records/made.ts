/** Papers made by the dApp, which Python must read: tests/vectors/papers-typescript.json. */
import { privateKeyToAccount } from "viem/accounts";
import { type Hex, keccak, toHex, utf8 } from "../../src/vote/ballot/bytes";
import { type Batch, batchText, paperAt, seal } from "../../src/records/paper/batch";
import type { Definition } from "../../src/records/paper/definition";
import { paperText, showingText } from "../../src/records/paper/files";
import { readListing } from "../../src/records/paper/listing";
import type { OwnPaper } from "../../src/records/paper/paper";
import { type Ask, type Showing, show, typedShowing } from "../../src/records/paper/showing";

export const NOW_S = 1_767_225_600;
export const CONTRACT: Hex = "0x5FbDB2315678afecb367f032d93F642f64180aa3";
const keyOf = (name: string): Hex => toHex(keccak(utf8(`dapp ${name}`)));
export const HOLDER = privateKeyToAccount(keyOf("holder"));
export const ISSUER = privateKeyToAccount(keyOf("issuer")).address;
export const ASK: Ask = { verifier: "la boulangerie de l’Île", nonce: keyOf("nonce") };

export const MEMBER: Definition = {
  format: "beffroi-schema-1",
  name: "adhésion à l’atelier « vélo »",
  fields: [
    { name: "nom", type: "text", required: true },
    { name: "commune", type: "text", required: true },
    { name: "depuis", type: "date", required: false },
    { name: "parts", type: "integer", required: true },
  ],
};

const LIST = [
  "nom;commune;depuis;parts;account;from;until;copies",
  `Zoé « Z. » Noël;Île-aux-Moines;2019-02-28;-3;${HOLDER.address};2025-12-01;2026-12-31;2`,
  '"Berger; Camille";Valombre;;12;;;;',
  `Ali;Valombre;2020-02-29;0;${ISSUER};;2026-01-31;`,
].join("\r\n");

/** Four papers, two of them copies of one. */
export function batchMade(): Batch {
  const drafts = readListing(LIST, MEMBER);
  const seeds = drafts.map((_, place) => keyOf(`seed ${place}`));
  return seal({ chain: 31337, contract: CONTRACT, schema: 3, issuer: ISSUER }, MEMBER, 300, drafts, seeds);
}

export const ownMade = (): OwnPaper => paperAt(batchMade(), 1);

/** The holder's paper, shown and signed. */
export async function shownMade(fields: readonly string[], ask: Ask = ASK, at_s: number = NOW_S): Promise<Showing> {
  const shown = show(ownMade(), fields, ask, at_s);
  return { ...shown, signature: await HOLDER.signTypedData(typedShowing(shown) as never) };
}

/** What the file of vectors holds. */
export const made = async (): Promise<Record<string, unknown>> => ({
  batch: batchText(batchMade()),
  paper: paperText(ownMade()),
  shown: showingText(await shownMade(["commune", "depuis"])),
  verifier: ASK.verifier,
  nonce: ASK.nonce,
  at: NOW_S,
});
