import { describe, expect, it } from "vitest";
import { believed, type Panel, panelPhrase, readPanels, signersOf } from "../../../src/vote/ballot/acknowledged";
import { fromHex, type Hex, itemAt } from "../../../src/vote/ballot/bytes";
import type { Event } from "../../../src/vote/ballot/events";
import { base } from "../../../src/vote/ballot/group";
import { singleChoice } from "../../../src/vote/ballot/questions";
import { CeremonyReplay, mostVouched } from "../../../src/vote/ballot/replay";
import { ceremonyEvents, paramsOf } from "./consultation";
import { vectors } from "./vectors";

const { trustees } = vectors;
const params = { ...paramsOf(singleChoice(3)), consultations: fromHex(trustees.consumer) };
const panel: Panel = { needed: 2, trustees: trustees.accounts as Hex[] };
const said = new Map(
  trustees.acknowledgements.map(({ signature }, i) => [
    i + 1,
    { shareKey: fromHex(itemAt(trustees.shareKeys, i)), signature: fromHex(signature) },
  ]),
);

function replayed(change: (event: Event) => Event, smart?: ReadonlySet<string>): CeremonyReplay {
  const replay = new CeremonyReplay();
  for (const event of ceremonyEvents().map(change))
    if ("id" in event) replay.take(event, { ...params, ...(smart ? { smart } : {}) });
  return replay;
}

describe("a key that published trustees signed", () => {
  it("is believed with as many of them as open a result", () => {
    expect(signersOf(panel, params, said)).toEqual([1, 2, 3]);
    expect(believed([panel], params, new Map([...said].slice(1)))).toBe(panel);
    expect(believed([panel], params, new Map([...said].slice(2)))).toBe(null);
  });

  it("is one key in one setting: another is signed by nobody", () => {
    const others = [
      { h: base(7n) },
      { chainId: 1 },
      { ceremony: 9 },
      { ceremonies: new Uint8Array(20) },
      { consultations: new Uint8Array(20) },
    ];
    for (const other of others) expect(signersOf(panel, { ...params, ...other }, said)).toEqual([]);
  });

  it("is not believed of others than those published, and of nobody where none were", () => {
    const strangers = { needed: 2, trustees: panel.trustees.map((_, i): Hex => `0x${"0".repeat(39)}${i + 1}`) };
    expect(believed([strangers], params, said)).toBe(null);
    expect(believed([{ ...panel, needed: 3 }], params, said)).toBe(null);
    expect(believed([], params, said)).toBe(null);
    expect(believed([strangers, panel], params, said)).toBe(panel);
  });

  it("has the number that Python says of its trustees", () => {
    expect(panelPhrase(panel)).toBe(trustees.panel);
  });
});

describe("a published list", () => {
  it("is one panel or several", () => {
    expect(readPanels(panel)).toEqual([panel]);
    expect(readPanels([panel, panel])).toHaveLength(2);
  });

  it.each([
    null,
    {},
    { needed: "2", trustees: trustees.accounts },
    { needed: 1, trustees: trustees.accounts },
    { needed: 4, trustees: trustees.accounts },
    { needed: 2, trustees: [...trustees.accounts].reverse() },
    { needed: 2, trustees: ["0x12", "0x13"] },
  ])("is refused where it is something else: %j", (wrong) => {
    expect(() => readPanels(wrong)).toThrow(TypeError);
  });
});

describe("what a node tells of a ceremony", () => {
  it("is believed where trustees signed it", () => {
    const replay = replayed((event) => event);
    expect([replay.isBelieved, replay.sound, replay.acknowledged.size]).toEqual([true, true, 3]);
  });

  it.each(["enrolled", "committed", "dealt"])("is dropped where a trustee did not sign it: %s", (name) => {
    const replay = replayed((event) =>
      event.name === name && "index" in event && event.index === 2
        ? { ...event, signature: new Uint8Array(65) }
        : event,
    );
    expect([replay.isBelieved, replay.sound]).toEqual([false, false]);
    expect(replay.unsigned[0]).toBe(2);
  });

  it("is no acknowledgement where she did not sign it, and the key stands by the others'", () => {
    const unsigned = (most: number) =>
      replayed((event) =>
        event.name === "acknowledged" && event.index <= most ? { ...event, signature: new Uint8Array(1) } : event,
      );
    expect([unsigned(1).isBelieved, unsigned(1).sound, unsigned(1).acknowledged.size]).toEqual([true, true, 2]);
    expect(unsigned(2).sound).toBe(false);
  });

  it.each([4, 8])("is a hint and no fault where a trustee signed it for others than enrolled: place %i", (place) => {
    const { dealHash, enrolled, signature } = trustees.elsewhere;
    const elsewhere: Event = {
      name: "committed",
      id: trustees.ceremonyId,
      index: 1,
      dealHash: fromHex(dealHash),
      enrolled,
      signature: fromHex(signature),
    };
    const replay = new CeremonyReplay();
    for (const event of ceremonyEvents().toSpliced(place, 0, elsewhere)) if ("id" in event) replay.take(event, params);
    expect([replay.faults, replay.unsigned, replay.promised.size, replay.isBelieved]).toEqual([[], [1], 3, false]);
  });

  it("is a hint and no fault where she signed it before another enrolled", () => {
    const { dealHash, enrolled, signature } = trustees.elsewhere;
    const said = { name: "committed", id: trustees.ceremonyId, index: 1, enrolled } as const;
    const events = ceremonyEvents();
    events.splice(3, 0, { ...said, dealHash: fromHex(dealHash), signature: fromHex(signature) });
    const replay = new CeremonyReplay();
    for (const event of events) if ("id" in event) replay.take(event, params);
    expect([replay.faults, replay.isBelieved, replay.sound]).toEqual([[], false, false]);
  });

  it("is vouched for by smart accounts, t − 2 at most: of two who open a result, none", () => {
    const unsigned = (...indices: number[]) =>
      replayed(
        (event) =>
          "index" in event && "id" in event && indices.includes(event.index)
            ? { ...event, signature: new Uint8Array(3) }
            : event,
        new Set(indices.map((index) => itemAt(trustees.accounts, index - 1).toLowerCase())),
      );
    const one = unsigned(1);
    expect([one.isBelieved, one.sound, [...one.vouched]]).toEqual([false, false, [1]]);
    expect([2, 3, 9].map(mostVouched)).toEqual([0, 1, 7]);
  });

  it("is no key where fewer acknowledged it than open a result", () => {
    const replay = new CeremonyReplay();
    for (const event of ceremonyEvents())
      if ("id" in event && !(event.name === "acknowledged" && event.index > 1)) replay.take(event, params);
    expect([replay.isBelieved, replay.agrees, replay.sound]).toEqual([true, true, false]);
  });
});
