/** A sensors' day, and one reading of it: docs/open-data.md. */
import { recoverAddress, isAddressEqual, hashTypedData } from "viem";
import { type Bytes, type Hex, concat, fromHex, keccak, utf8, word } from "../../vote/ballot/bytes";
import type { Definition, SchemaField } from "../paper/definition";
import type { Home } from "../paper/paper";
import { hashLeaf } from "../paper/tree";

const field = (name: string, type: SchemaField["type"] = "text", required = true): SchemaField => ({
  name,
  type,
  required,
});

export const DAY: Definition = {
  format: "beffroi-schema-1",
  name: "sensors day",
  fields: [
    field("sensors"),
    field("day", "date"),
    field("quantity"),
    field("unit"),
    field("every_s", "integer"),
    field("readings", "integer"),
    field("expected", "integer"),
    field("root", "hash"),
    field("people", "integer", false),
    field("sum", "text", false),
    field("least", "text", false),
    field("most", "text", false),
  ],
};
const TYPES = {
  Reading: [
    { name: "quantity", type: "string" },
    { name: "unit", type: "string" },
    { name: "at", type: "uint256" },
    { name: "value", type: "string" },
  ],
} as const;
const DAY_S = 86_400;

/** What one sensor read at one moment. */
export interface Reading {
  sensor: Hex;
  /** Unix seconds. */
  at: number;
  value: string;
  signature: Hex;
}

/** What sensors of a group read, as each signs it. */
export interface Measured {
  quantity: string;
  unit: string;
}

/** What stands for it in the day's tree; the signature salts it. */
export function readingLeaf({ sensor, at, value, signature }: Reading): Bytes {
  const said = concat(keccak(utf8(value)), keccak(fromHex(signature)));
  return hashLeaf(concat(new Uint8Array(12), fromHex(sensor), word(at), said));
}

/** Whether the sensor's key signed it, for that contract. */
export async function isReadingSigned({ sensor, at, value, signature }: Reading, home: Home, measured: Measured) {
  const hash = hashTypedData({
    domain: { name: "Attestations", version: "1", chainId: home.chain, verifyingContract: home.contract },
    types: TYPES,
    primaryType: "Reading",
    message: { ...measured, at: BigInt(at), value },
  });
  const signer = await recoverAddress({ hash, signature }).catch(() => null);
  return signer !== null && isAddressEqual(signer, sensor);
}

/** Whether a moment is on a day, UTC. */
export function isOnDay(at: number, day: string): boolean {
  const since = at - Date.parse(`${day}T00:00Z`) / 1000;
  return since >= 0 && since < DAY_S;
}
