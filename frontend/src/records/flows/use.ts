import { type Address, stringToHex } from "viem";
import { domainOf } from "../../acts/domain";
import type { SlipAct } from "../../acts/act";
import { at } from "../../chain/client";
import { now_s } from "../../chain/head";
import { attestationsAbi } from "../../generated/Attestations";
import { nameOf } from "../../parts/Address";
import { paperArgument } from "../chain/attested";
import type { OwnPaper } from "../paper/paper";
import { papers } from "../words/papers";

const USE = {
  Use: [
    { name: "schema", type: "uint256" },
    { name: "issuer", type: "address" },
    { name: "number", type: "uint256" },
    { name: "purpose", type: "bytes32" },
    { name: "deadline", type: "uint256" },
  ],
} as const;
const DAY_S = 86_400n;

/** How long a purpose may be: it stands on the chain as it is. */
export const PURPOSE_BYTES = 32;

/** A paper that its holder uses, once. */
export async function use({ definition, paper }: OwnPaper, purpose: string): Promise<SlipAct> {
  const [domain, now] = await Promise.all([domainOf("Attestations"), now_s()]);
  const argument = paperArgument(paper);
  const { schema, number, root, subject, claimsRoot, parentsRoot, from, until, proof } = argument;
  const message = {
    schema,
    issuer: paper.issuer as Address,
    number,
    purpose: stringToHex(purpose, { size: PURPOSE_BYTES }),
    deadline: now + DAY_S,
  };
  const w = papers().one.signing;
  return {
    kind: "paper_use",
    typed: { domain, types: USE, primaryType: "Use", message },
    extra: {
      root,
      subject,
      claims: claimsRoot,
      parents: parentsRoot,
      starts: BigInt(from),
      ends: BigInt(until),
      proof,
    },
    explanation: {
      title: w.title(definition.name, paper.number),
      lines: [
        [w.issuer, nameOf(paper.issuer)],
        [w.purpose, purpose],
      ],
      consequence: w.consequence,
      until_s: message.deadline,
      payer: "town",
    },
    direct: (signature) => ({
      ...at("Attestations", attestationsAbi),
      functionName: "use",
      args: [argument, message.purpose, message.deadline, signature],
    }),
  };
}
