import { describe, expect, it } from "vitest";
import { concat, itemAt, same } from "../../../src/vote/ballot/bytes";
import { makeBallot, verifyOpening } from "../../../src/vote/ballot/ballot";
import { isOpened, OpenedError, openedText, parseOpened, wasCast } from "../../../src/vote/ballot/opened";
import { groundOf, paramsHash } from "../../../src/vote/ballot/params";
import { messagesOf, singleChoice } from "../../../src/vote/ballot/questions";
import { originOf } from "../../../src/vote/ballot/rollfile";
import { ballotLength } from "../../../src/vote/ballot/rules";
import { castEvent, paramsOf, slip, VOTERS } from "./consultation";

const question = singleChoice(3);
const params = paramsOf(question);
const voter = itemAt(VOTERS, 1);
const ballot = makeBallot(groundOf(params), voter, 0, messagesOf(question, 1));
const text = openedText({ ...params, terms: paramsHash(params) }, voter, 0, ballot, ballot.opening);

describe("a ballot that was opened, from its file", () => {
  it("is read as it was written", () => {
    expect(isOpened(text)).toBe(true);
    const read = parseOpened(text);
    const { chainId, consultations, consultation } = params;
    expect(read).toMatchObject({ chainId, consultations, consultation, seq: 0, opening: ballot.opening });
    expect(same(read.terms, paramsHash(params))).toBe(true);
    expect(same(read.data, ballot.data) && same(read.voter, voter)).toBe(true);
    expect(verifyOpening(groundOf(params), read.voter, read.seq, read.opening, read.hash, read.data)).toBe(true);
  });

  it.each([
    ["cut", text.slice(0, 40)],
    ["without its randomness", text.replace('"randomness"', '"chance"')],
    ["without its terms", text.replace('"terms"', '"conditions"')],
    ["without its chain", text.replace('"chainId"', '"chain"')],
    ["without its contract", text.replace('"consultations"', '"contract"')],
    ["of a voter who is none", text.replace(/"voter": "0x../, '"voter": "0x')],
    ["with a number that is none", text.replace('"seq": 0', '"seq": 0.5')],
    ["nested deeply", `{"kind": "beffroi-opened-ballot-1", "seq": ${"[".repeat(100_000)}`],
  ])("is refused in words where it is damaged: %s", (_, damaged) =>
    expect(() => parseOpened(damaged)).toThrow(OpenedError),
  );

  it("was cast, or not, whatever proofs were drawn anew for the chain", () => {
    const other = slip(params, 2, 0, messagesOf(question, 0));
    const hers = { ...other, index: 1, voter, ballot: ballot.data };
    const length = ballotLength(params.rule);
    const provenAnew = concat(ballot.data.slice(0, length - 1), new Uint8Array([1 + (ballot.data[length - 1] ?? 0)]));
    expect(wasCast(ballot.data, params.rule, [castEvent(params, 0, [other])])).toBe(false);
    expect(wasCast(ballot.data, params.rule, [castEvent(params, 0, [other, hers])])).toBe(true);
    expect(wasCast(ballot.data, params.rule, [castEvent(params, 0, [{ ...hers, ballot: provenAnew }])])).toBe(true);
  });
});

describe("where a roll comes from", () => {
  it("is what the head of its file says, and no line below it", () => {
    const head =
      "# format: beffroi-roll-2\n# contract: 0xab\r\n# block: 7\n# date: 2026-03-04\n# kind: citizen\nindex,account\n";
    expect(originOf(head)).toEqual({ contract: "0xab", block: "7", date: "2026-03-04", kind: "citizen" });
    expect(originOf("index,account\n# block: 9\n")).toEqual({ contract: "", block: "", date: "", kind: "" });
  });
});
