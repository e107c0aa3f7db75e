/** Ballots made in TypeScript, for the other implementations to verify; their entropy is drawn from a counter. */
import { encodeAbiParameters } from "viem";
import { makeBallot } from "../../../src/vote/ballot/ballot";
import { fromHex, itemAt, keccak, toHex, utf8, word } from "../../../src/vote/ballot/bytes";
import { xOf, yOf } from "../../../src/vote/ballot/group";
import { openedText } from "../../../src/vote/ballot/opened";
import { ballotDomain, context, groundOf, paramsHash, slipDigest } from "../../../src/vote/ballot/params";
import {
  approval,
  type Choice,
  levels,
  messagesOf,
  points,
  type Question,
  singleChoice,
} from "../../../src/vote/ballot/questions";
import { receiptText } from "../../../src/vote/ballot/receipt";
import { paramsWith, vectors } from "./vectors";

const ASKED: readonly (readonly [name: string, question: Question, choices: readonly Choice[]])[] = [
  ["two options", singleChoice(2), [0, 1]],
  ["three options", singleChoice(3), [0, 1, 2]],
  ["five options", singleChoice(5), [0, 3, 4]],
  [
    "unbounded approval of 3",
    approval(3),
    [
      [0, 0, 0],
      [1, 0, 1],
    ],
  ],
  [
    "approval of 1 to 2 out of 4",
    approval(4, 1, 2),
    [
      [0, 0, 0, 1],
      [1, 0, 1, 0],
    ],
  ],
  [
    "up to 3 points a project, 7 in all",
    points(3, 3, 7),
    [
      [0, 0, 0],
      [3, 1, 3],
    ],
  ],
  [
    "evaluation of two promises",
    levels(2),
    [
      [4, null],
      [0, 2],
    ],
  ],
];

const ABI = [
  {
    type: "tuple",
    components: [
      { name: "x", type: "uint256" },
      { name: "y", type: "uint256" },
    ],
  },
  {
    type: "tuple",
    components: [
      { name: "sets", type: "uint64[][]" },
      { name: "setOf", type: "bytes" },
      { name: "sumSet", type: "uint8" },
    ],
  },
  { type: "bytes32" },
  { type: "bytes" },
] as const;

export function made(): unknown {
  const cases = ASKED.flatMap(([name, question, choices]) => choices.map((choice) => ({ name, question, choice })));
  const ballots = cases.map(({ name, question, choice }, number) => {
    const params = paramsWith(question.rule);
    const index = number % vectors.roll.voters.length;
    const voter = fromHex(itemAt(vectors.roll.voters, index));
    const seq = number % 3;
    const messages = messagesOf(question, choice);
    const entropy = keccak(utf8("vectors of TypeScript"), word(number));
    const ballot = makeBallot(groundOf(params), voter, seq, messages, entropy);
    const { sets, setOf, sumSet } = question.rule;
    const key = { x: xOf(params.h), y: yOf(params.h) };
    const rule = { sets, setOf: toHex(setOf), sumSet };
    const ctx = context(ballotDomain(params), voter, seq);
    return {
      name,
      rule: {
        sets: sets.map((set) => set.map(Number)),
        setOf: rule.setOf,
        sumSet,
      },
      paramsHash: toHex(paramsHash(params)),
      voter: toHex(voter),
      seq,
      messages: messages.map(Number),
      randomness: ballot.opening.randomness.map((r) => toHex(word(r))),
      ballot: toHex(ballot.data),
      slipDigest: toHex(slipDigest(params, voter, seq, ballot.hash)),
      opened: openedText({ ...params, terms: paramsHash(params) }, voter, seq, ballot, ballot.opening),
      receipt: receiptText({ ...params, index, voter, seq, ballotHash: ballot.hash }),
      call: encodeAbiParameters(ABI, [key, rule, toHex(ctx), toHex(ballot.data)]),
    };
  });
  return {
    about: "Ballots made in TypeScript (frontend/tests/vote/ballot/made.ts), under the parameters of ballots.json.",
    ballots: ballots.map(({ call: _, ...ballot }) => ballot),
    solidity: { accepted: ballots.map(({ call }) => call) },
  };
}
