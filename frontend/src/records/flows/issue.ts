import type { Address } from "viem";
import type { DirectAct, SlipAct } from "../../acts/act";
import { domainOf } from "../../acts/domain";
import { at } from "../../chain/client";
import { now_s } from "../../chain/head";
import { attestationsAbi } from "../../generated/Attestations";
import { formatDay, formatNumber } from "../../words/format";
import type { Batch } from "../paper/batch";
import { type Definition, schemaUri } from "../paper/definition";
import { issuing } from "../words/issuing";

const ISSUE = {
  Issue: [
    { name: "schema", type: "uint256" },
    { name: "issuer", type: "address" },
    { name: "root", type: "bytes32" },
    { name: "first", type: "uint256" },
    { name: "count", type: "uint256" },
    { name: "uri", type: "string" },
    { name: "deadline", type: "uint256" },
  ],
} as const;
const DAY_S = 86_400n;

const attestations = () => at("Attestations", attestationsAbi);

/** A batch, issued by the slip of its series' key. */
export async function issue(batch: Batch): Promise<SlipAct> {
  const [domain, now] = await Promise.all([domainOf("Attestations"), now_s()]);
  const { definition, schema, issuer, root, first, drafts } = batch;
  const message = {
    schema: BigInt(schema),
    issuer: issuer as Address,
    root,
    first: BigInt(first),
    count: BigInt(drafts.length),
    uri: "",
    deadline: now + DAY_S,
  };
  const w = issuing().signing;
  return {
    kind: "paper_issue",
    typed: { domain, types: ISSUE, primaryType: "Issue", message },
    explanation: {
      title: w.issue(definition.name, formatNumber(drafts.length)),
      lines: [
        [w.numbers, `${first} – ${first + drafts.length - 1}`],
        [w.root, root],
      ],
      until_s: message.deadline,
      payer: "town",
    },
    direct: (signature) => ({
      ...attestations(),
      functionName: "issue",
      args: [...Object.values(message), signature],
    }),
  };
}

/** A schema, whose URI holds what its papers say. */
export function openSchema(definition: Definition): DirectAct {
  const w = issuing().signing;
  return {
    call: { ...attestations(), functionName: "openSchema", args: [definition.name, schemaUri(definition)] },
    explanation: {
      title: w.open(definition.name),
      lines: [[w.fields, definition.fields.map(({ name, type }) => `${name} (${type})`).join(", ")]],
      consequence: w.openConsequence,
      until_s: null,
      payer: "self",
    },
  };
}

/** Lets an issuer issue until the end of a day. */
export function accredit(schema: number, name: string, issuer: Address, until_s: number): DirectAct {
  const w = issuing().signing;
  return {
    call: { ...attestations(), functionName: "accredit", args: [BigInt(schema), issuer, until_s] },
    explanation: {
      title: w.accredit(name),
      lines: [
        [w.issuer, issuer],
        [w.until, formatDay(until_s - 1)],
      ],
      until_s: null,
      payer: "self",
    },
  };
}

/** Papers of one word of 256, revoked in one write. */
export function revoke(
  { schema, issuer, name }: { schema: number; issuer: Address; name: string },
  { word, bits, numbers }: RevokedWord,
): DirectAct {
  const w = issuing().signing;
  return {
    call: { ...attestations(), functionName: "revoke", args: [BigInt(schema), issuer, BigInt(word), bits] },
    explanation: {
      title: w.revoke(name, numbers.length),
      lines: [[w.numbers, numbers.join(", ")]],
      consequence: w.revokeConsequence,
      until_s: null,
      payer: "self",
    },
  };
}

/** Numbers of one word of marks. */
export interface RevokedWord {
  word: number;
  bits: bigint;
  numbers: readonly number[];
}
