import { describe, expect, it } from "vitest";
import { audit } from "../../../src/vote/ballot/audit";
import type { Outcome } from "../../../src/vote/ballot/verdict";
import { type Bytes, fromHex, itemAt, keccak, toHex } from "../../../src/vote/ballot/bytes";
import type { Event } from "../../../src/vote/ballot/events";
import { add, G } from "../../../src/vote/ballot/group";
import { messagesOf, singleChoice } from "../../../src/vote/ballot/questions";
import { fateOf, parseReceipt, receiptText, type Receipt } from "../../../src/vote/ballot/receipt";
import { EMPTY_LEAF, HEADER, type Record, recordsOf } from "../../../src/vote/ballot/records";
import { ballotLength } from "../../../src/vote/ballot/rules";
import {
  castEvent,
  ceremonyEvents,
  ending,
  openedEvent,
  paramsOf,
  slip,
  totalsOf,
  VOTERS,
  whole,
} from "./consultation";

const question = singleChoice(3);
const { params, events } = whole(question);
const run = (told: readonly Event[], voters: readonly Bytes[] | null = VOTERS) => audit(told, params, voters);
type Named<T> = Extract<Event, { name: T }>;

/** The same consultation with the first event of a name told otherwise. */
function telling<T extends Event["name"]>(name: T, change: (event: Named<T>) => Partial<Named<T>>): Event[] {
  const place = events.findIndex((event) => event.name === name);
  return events.map((event, i) => (i === place ? ({ ...event, ...change(event as Named<T>) } as Event) : event));
}

const failed = (told: readonly Event[], voters?: readonly Bytes[]): string[] => {
  const verdict = run(told, voters ?? VOTERS);
  expect(verdict.outcome).toBe<Outcome>("refuted");
  return verdict.checks.filter(({ passed }) => passed === false).map(({ name }) => name);
};

describe("an honest consultation", () => {
  it("is confirmed, every question answered", () => {
    const verdict = run(events);
    expect(verdict.anomalies).toEqual([]);
    expect(verdict.outcome).toBe<Outcome>("confirmed");
    expect(verdict.checks.every(({ passed }) => passed)).toBe(true);
    expect(verdict).toMatchObject({
      ballots: 5,
      replaced: 1,
      signed: 6,
      refused: 0,
      counts: [2, 2],
      rollSize: 6,
    });
  });

  it("is opened once: a second opening is refused, and the terms of the first stand", () => {
    const lowered = openedEvent({ ...params, secrecyMinimum: 1 });
    const place = events.findIndex(({ name }) => name === "closed");
    expect(failed(events.toSpliced(place, 0, lowered))).toEqual(["terms"]);
  });

  it("is not confirmed without the roll: a node can invent voters", () => {
    const verdict = run(events, null);
    expect(verdict.outcome).toBe<Outcome>("strangers");
    expect(verdict.checks.find(({ name }) => name === "roll")?.passed).toBe(null);
  });

  it("is not confirmed where a voter did not sign, or no trustee did: a node can invent both", () => {
    const altered = telling("cast", ({ records }) => {
      const bytes = records.slice();
      bytes[HEADER] = (bytes[HEADER] ?? 0) ^ 1;
      return { records: bytes };
    });
    const ballot = run(altered);
    expect([ballot.outcome, ballot.signed, ballot.vouched]).toEqual(["vouched", 5, 1]);
    const blank = new Uint8Array(65);
    const shares = run(events.map((event) => (event.name === "share" ? { ...event, signature: blank } : event)));
    expect([shares.outcome, shares.unsignedShares]).toEqual(["vouched", 2]);
    const one = run(telling("share", () => ({ signature: blank })));
    expect([one.outcome, one.unsignedShares]).toEqual(["confirmed", 1]);
  });

  it("says which trustees only the node vouches for", () => {
    const said = new Set<Event["name"]>(["enrolled", "committed", "dealt", "acknowledged"]);
    const unsigned = events.map((event) =>
      said.has(event.name) && "index" in event && event.index === 2
        ? { ...event, signature: new Uint8Array(65) }
        : event,
    );
    const opened = events.find((event): event is Named<"ceremony-opened"> => event.name === "ceremony-opened");
    const place = { ...params, smart: new Set([toHex(itemAt(opened?.trustees ?? [], 1))]) };
    const verdict = audit(unsigned, place, VOTERS);
    expect(verdict.vouchedTrustees).toEqual([2]);
    expect(verdict.outcome).not.toBe<Outcome>("confirmed");
  });

  it("is unfinished before its result", () => {
    expect(run(events.slice(0, -1)).outcome).toBe<Outcome>("unfinished");
    expect(run(events.filter(({ name }) => !["closed", "share", "tallied"].includes(name))).outcome).toBe<Outcome>(
      "unfinished",
    );
  });

  it("tells how far it is", () => {
    const seen: number[] = [];
    audit(events, params, null, (records) => seen.push(records));
    expect(seen).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

describe("a dishonest one is refuted", () => {
  it("by other counts", () => expect(failed(telling("tallied", () => ({ counts: [3, 1] })))).toEqual(["result"]));

  it("by other totals", () => {
    const moved = telling("closed", ({ totals }) => ({
      totals: totals.map(({ c1, c }) => ({ c1, c: add(c, G) })),
    }));
    expect(failed(moved)).toEqual(["totals"]);
  });

  it("by a share over another total", () => {
    const swapped = telling("share", ({ share }) => ({
      share: { ...share, trustee: 2 },
    }));
    expect(failed(swapped)).toContain("shares");
  });

  it("by a key that was not dealt", () => expect(failed(telling("key-proposed", () => ({ key: G })))).toContain("key"));

  it("by other terms", () => {
    expect(
      failed(
        telling("opened", ({ terms }) => ({
          terms: { ...terms, closesAt: 1 },
        })),
      ),
    ).toContain("terms");
  });

  it("by another roll", () => {
    expect(failed(events, [...VOTERS].reverse())).toEqual(["roll"]);
  });

  it("by a batch with another root, or out of order", () => {
    expect(failed(telling("cast", () => ({ root: EMPTY_LEAF })))).toEqual(["batches"]);
    expect(failed(telling("cast", () => ({ batch: 5 })))).toContain("batches");
    expect(failed(telling("cast", ({ records }) => ({ records: records.slice(0, -1) })))).toContain("batches");
  });

  it("by a false proof that was counted", () => {
    const spoilt = telling("cast", ({ records }) => {
      const bytes = records.slice();
      bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1;
      return { records: bytes };
    });
    expect(failed(spoilt)).toContain("proofs");
  });

  it("by a ballot counted twice", () => {
    const twice = castEvent(params, 3, [slip(params, 0, 0, messagesOf(question, 0))]);
    const at = events.findIndex(({ name }) => name === "closed");
    expect(failed([...events.slice(0, at), twice, ...events.slice(at)])).toContain("once");
  });

  it("by a ballot left out without reason", () => {
    const at = events.findIndex(({ name }) => name === "cast");
    const told: Event = {
      name: "refused",
      consultation: params.consultation,
      batch: 0,
      position: 1,
      index: 1,
      reason: 4,
    };
    expect(failed([...events.slice(0, at), told, ...events.slice(at)])).toContain("refused");
  });

  it("by a re-vote that skips a number", () => {
    const skipped = slip(params, 3, 2, messagesOf(question, 1));
    const told = events.map((event): Event => {
      if (event.name === "replaced") return { ...event, seq: 2 };
      return event.name === "cast" && event.batch === 2 ? castEvent(params, 2, [skipped]) : event;
    });
    expect(failed(told)).toContain("once");
  });

  it("by a ballot after closing", () => {
    const late = castEvent(params, 3, [slip(params, 5, 0, messagesOf(question, 0))]);
    const at = events.findIndex(({ name }) => name === "closed");
    expect(failed([...events.slice(0, at + 1), late, ...events.slice(at + 1)])).toContain("batches");
  });

  it("by a replacement that nobody cast", () => {
    const told: Event = {
      name: "replaced",
      consultation: params.consultation,
      index: 4,
      seq: 1,
      replaced: 1,
    };
    expect(failed([...events, told])).toEqual(["once"]);
  });
});

describe("too few ballots", () => {
  const few = paramsOf(question, 5);
  const records = [slip(few, 0, 0, messagesOf(question, 0)), slip(few, 1, 0, messagesOf(question, 1))];
  const told = [...ceremonyEvents(), openedEvent(few), castEvent(few, 0, records)];
  const end = ending(few, totalsOf(few, records, []), 2, [1, 1]);

  it("stay closed", () => expect(audit([...told, ...end.slice(0, 1)], few, VOTERS).outcome).toBe<Outcome>("withheld"));
  it("must not be opened", () => expect(audit([...told, ...end], few, VOTERS).outcome).toBe<Outcome>("refuted"));
});

describe("a receipt", () => {
  const cast = events.filter((event): event is Named<"cast"> => event.name === "cast");
  const record = (batch: number, place: number): Record => {
    const event = cast.find((it) => it.batch === batch);
    return itemAt([...recordsOf(event?.records ?? new Uint8Array(), ballotLength(params.rule))], place);
  };
  const receiptOf = ({ index, seq, voter, ballot }: Record): Receipt => ({
    chainId: params.chainId,
    consultations: params.consultations,
    consultation: params.consultation,
    index,
    voter,
    seq,
    ballotHash: keccak(ballot),
  });
  const fate = (receipt: Receipt) => fateOf(receipt, params.rule, events);

  it("finds the ballot that counts", () =>
    expect(fate(receiptOf(record(1, 0)))).toMatchObject({
      fate: "counted",
      batch: 1,
    }));
  it("finds the later ballot that replaced it", () => {
    expect(fate(receiptOf(record(0, 2)))).toMatchObject({
      fate: "replaced",
      batch: 2,
    });
    expect(fate(receiptOf(record(2, 0)))).toMatchObject({
      fate: "counted",
      batch: 2,
    });
  });
  it("finds nothing in a batch whose root is not that of its ballots", () => {
    const shown = events.map((event) => (event.name === "cast" ? { ...event, root: EMPTY_LEAF } : event));
    expect(fateOf(receiptOf(record(1, 0)), params.rule, shown)).toEqual({ fate: "absent" });
  });
  it("finds nothing of a ballot that was never posted", () => {
    expect(fate({ ...receiptOf(record(0, 0)), ballotHash: EMPTY_LEAF })).toEqual({ fate: "absent" });
  });
  it("is read again from its text, the one that Python writes", () => {
    const receipt = receiptOf(record(0, 0));
    expect(parseReceipt(receiptText(receipt))).toEqual(receipt);
    expect(() => parseReceipt("{}")).toThrow();
    expect(fromHex(JSON.parse(receiptText(receipt)).voter)).toEqual(receipt.voter);
  });
});
