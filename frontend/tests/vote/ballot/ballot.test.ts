import { describe, expect, it } from "vitest";
import { makeBallot, verifyBallot, verifyOpening } from "../../../src/vote/ballot/ballot";
import { concat, fromHex, keccak, random, same, toHex, toInteger, word } from "../../../src/vote/ballot/bytes";
import { base, N, signer } from "../../../src/vote/ballot/group";
import {
  ballotDomain,
  context,
  groundOf,
  leafOf,
  paramsHash,
  separator,
  slipDigest,
} from "../../../src/vote/ballot/params";
import { levels, messagesOf, points, singleChoice } from "../../../src/vote/ballot/questions";
import { batchProof, batchRoot, climb, encodeRecord, onRoll, recordsOf, Roll } from "../../../src/vote/ballot/records";
import { ballotLength, CIPHERTEXT, M, RuleError, ruleHash } from "../../../src/vote/ballot/rules";
import file from "../../../../tests/vectors/ballots-typescript.json?raw";
import { made } from "./made";
import { paramsWith, ruleOf, vectors } from "./vectors";

const ballots = vectors.valid.map((entry) => ({
  ...entry,
  params: paramsWith(ruleOf(entry.rule)),
}));

describe("a ballot of the Python library", () => {
  it.each(ballots)("is made again byte for byte: $name, $messages", (entry) => {
    const made = makeBallot(
      groundOf(entry.params),
      fromHex(entry.voter),
      entry.seq,
      entry.messages.map(BigInt),
      fromHex(entry.entropy),
    );
    expect(toHex(made.data)).toBe(entry.ballot);
    expect(made.opening.randomness).toEqual(entry.randomness.map(BigInt));
  });

  it.each(ballots)("is bound to the same hashes: $name, $messages", (entry) => {
    const { params } = entry;
    const [voter, ballot] = [fromHex(entry.voter), fromHex(entry.ballot)];
    expect(toHex(ruleHash(params.rule))).toBe(entry.ruleHash);
    expect(toHex(paramsHash(params))).toBe(entry.paramsHash);
    expect(toHex(ballotDomain(params))).toBe(entry.domain);
    expect(toHex(separator(params))).toBe(vectors.separator);
    expect(toHex(context(fromHex(entry.domain), voter, entry.seq))).toBe(entry.ctx);
    const digest = slipDigest(params, voter, entry.seq, keccak(ballot));
    expect(toHex(digest)).toBe(entry.slipDigest);
    expect(signer(digest, fromHex(entry.signature))).toEqual(voter);
    const ciphertexts = ballot.subarray(0, CIPHERTEXT * params.rule.setOf.length);
    expect(toHex(leafOf(params.consultation, entry.index, entry.seq, keccak(ciphertexts)))).toBe(entry.leaf);
  });

  it.each(ballots)("travels in the same record: $name, $messages", (entry) => {
    const [record] = [...recordsOf(fromHex(entry.record), ballotLength(entry.params.rule))];
    expect(record && toHex(encodeRecord(record))).toBe(entry.record);
    expect(record && toHex(record.ballot)).toBe(entry.ballot);
    expect(record?.index).toBe(entry.index);
  });
});

describe("a ballot that the Python library refuses", () => {
  it.each(vectors.invalid)("is refused: $why", (entry) => {
    const ground = {
      h: fromHex(entry.h),
      rule: ruleOf(entry.rule),
      domain: fromHex(entry.domain),
    };
    expect(verifyBallot(ground, fromHex(entry.voter), entry.seq, fromHex(entry.ballot))).toBe(false);
  });
});

describe("a ballot made here", () => {
  const voter = fromHex(`0x${"a1".repeat(20)}`);
  const asked = [
    { question: singleChoice(3), choice: 2 },
    { question: points(3, 3, 7), choice: [3, 1, 3] },
    { question: levels(3), choice: [4, null, 0] },
  ];

  it.each(asked)("verifies, and opens to what was chosen: $question.kind", ({ question, choice }) => {
    const ground = groundOf(paramsWith(question.rule));
    const made = makeBallot(ground, voter, 0, messagesOf(question, choice));
    expect(verifyBallot(ground, voter, 0, made.data)).toBe(true);
    expect(verifyOpening(ground, voter, 0, made.opening, made.hash, made.data)).toBe(true);
  });

  it("does not open to something else", () => {
    const question = singleChoice(3);
    const ground = groundOf(paramsWith(question.rule));
    const made = makeBallot(ground, voter, 0, messagesOf(question, 0));
    const lie = { ...made.opening, messages: messagesOf(question, 1) };
    expect(verifyOpening(ground, voter, 0, lie, made.hash, made.data)).toBe(false);
  });

  it("never holds what the rule does not allow", () => {
    const ground = groundOf(paramsWith(singleChoice(3).rule));
    expect(() => makeBallot(ground, voter, 0, [2n])).toThrow(RuleError);
    expect(() => messagesOf(singleChoice(3), 3)).toThrow(RuleError);
    expect(() => messagesOf(points(3, 3, 7), [3, 3, 3])).toThrow(RuleError);
  });

  it("says nothing twice: the same choice gives another ballot", () => {
    const question = singleChoice(3);
    const ground = groundOf(paramsWith(question.rule));
    const [one, two] = [0, 0].map((choice) => makeBallot(ground, voter, 0, messagesOf(question, choice)));
    expect(one && two && same(one.data, two.data)).toBe(false);
  });

  it("needs 32 bytes of entropy", () => {
    const ground = groundOf(paramsWith(singleChoice(2).rule));
    expect(() => makeBallot(ground, voter, 0, [1n], random(31))).toThrow(RangeError);
  });

  it("weighs a second counter 2^24", () => {
    expect(messagesOf(singleChoice(3), 1)).toEqual([M]);
    expect(messagesOf(singleChoice(5), 4)).toEqual([0n, 0n]);
  });
});

describe("a signature", () => {
  const entry = ballots[0];
  const [digest, signature] = [fromHex(entry?.slipDigest ?? ""), fromHex(entry?.signature ?? "")];

  it("has one form: the other s and other v are refused", () => {
    const high = concat(
      signature.slice(0, 32),
      word(N - toInteger(signature.slice(32, 64))),
      new Uint8Array([55 - (signature[64] ?? 0)]),
    );
    expect(signer(digest, signature)).not.toBe(null);
    expect(signer(digest, high)).toBe(null);
    expect(signer(digest, concat(signature.slice(0, 64), new Uint8Array([0])))).toBe(null);
    expect(signer(digest, signature.slice(0, 64))).toBe(null);
  });
});

describe("the trees", () => {
  const voters = vectors.roll.voters.map(fromHex);
  const roll = new Roll(voters);

  it("give the roll its root and its proofs", () => {
    expect(toHex(roll.root)).toBe(vectors.roll.root);
    for (const { indices, proof } of vectors.roll.proofs) expect(roll.proof(indices).map(toHex)).toEqual(proof);
  });

  it("place a voter where she stands, and nowhere else", () => {
    voters.forEach((voter, index) => {
      expect(onRoll(roll.root, roll.size, index, voter, roll.path(index))).toBe(true);
      expect(onRoll(roll.root, roll.size, (index + 1) % roll.size, voter, roll.path(index))).toBe(false);
      expect(onRoll(roll.root, roll.size, index, fromHex(`0x${"ee".repeat(20)}`), roll.path(index))).toBe(false);
    });
    expect(onRoll(roll.root, roll.size, 0, voters[0] ?? base(1n), roll.path(0).slice(1))).toBe(false);
  });

  it("give a batch its root and its proofs", () => {
    const leaves = vectors.batch.leaves.map(fromHex);
    expect(toHex(batchRoot(leaves))).toBe(vectors.batch.root);
    leaves.forEach((leaf, i) => {
      expect(batchProof(leaves, i).map(toHex)).toEqual(vectors.batch.proofs[i]);
      expect(climb(leaf, batchProof(leaves, i))).toEqual(batchRoot(leaves));
    });
  });
});

describe("the ballots handed to Python and Solidity", () => {
  it("are those of the file that they read", () => {
    expect(made()).toEqual(JSON.parse(file));
  });
});
