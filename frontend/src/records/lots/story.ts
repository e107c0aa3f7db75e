/** What events tell together, as far as they were followed: who is heard, who made what of what, who has what. */
import { type Line, type LotEvent, isAside, namedIn, touched } from "./event";
import type { Doubt, Finding } from "./finding";
import { Speakers, inChainOrder, repeatedIn } from "./hearing";
import { Ledger } from "./ledger";
import { inOrder, pushTo } from "./order";
import { kindOf } from "./units";
import { type Ways, waysOf } from "./ways";

/** A month, by which records of the field are sealed at the latest; a quarter of an hour, for clocks. */
const MOST_LATE_MS = 31 * 86_400_000;
const MOST_AHEAD_MS = 900_000;

export class Story {
  readonly ledger: Ledger;
  readonly findings: Finding[] = [];
  /** Events that move something, in the order in which they are taken. */
  readonly heard: readonly LotEvent[];
  readonly speakers: Speakers;
  /** By lot, the heard events that made it. */
  readonly madeBy = new Map<string, LotEvent[]>();
  /** All lots and containers that events name, those aside as well. */
  readonly named: ReadonlySet<string>;
  /** By lot, all events that say they made it, heard or not, those aside as well. */
  readonly saidBy = new Map<string, LotEvent[]>();
  /** By heard transformation, what it took, out of its containers. */
  readonly taken = new Map<LotEvent, readonly Line[]>();
  /** By container, the heard events that packed it. */
  readonly packedBy = new Map<string, LotEvent[]>();
  readonly ways: Ways;

  /** `events` are in the order of the files. */
  constructor(readonly events: readonly LotEvent[]) {
    const told = inChainOrder(events.filter((it) => !isAside(it)));
    const { twice, sameHash } = repeatedIn(told);
    this.speakers = new Speakers(told);
    const asked = told.filter((it) => it.standing !== "revoked" && !twice.has(it));
    this.heard = inOrder(asked.filter((it) => this.speakers.spokenOver(it).length === 0));
    for (const event of events) for (const { name } of event.outputs) pushTo(this.saidBy, name, event);
    const kinds = new Map<string, string>();
    for (const event of this.heard) {
      for (const { name, unit } of event.outputs) {
        pushTo(this.madeBy, name, event);
        if (!kinds.has(name)) kinds.set(name, kindOf(unit));
      }
      if (event.kind === "pack" && event.container) pushTo(this.packedBy, event.container, event);
    }
    this.ledger = new Ledger(kinds);
    this.named = new Set(events.flatMap(namedIn));
    this.ways = waysOf(told);
    for (const event of twice) this.say("twice", touched(event), event);
    for (const event of sameHash) this.say("same_hash", touched(event), event);
    for (const event of asked) this.#saySpoken(event);
  }

  /** All lots that are told of, in order. */
  get lots(): string[] {
    const made = [...this.saidBy].flatMap(([lot, by]) => (by.every(isAside) ? [] : [lot]));
    return [...new Set([...made, ...this.ledger.lots])].sort();
  }

  say(doubt: Doubt, about: readonly string[], event: LotEvent | null, amounts?: Finding["amounts"]): void {
    this.findings.push({ doubt, about: [...new Set(about)].sort(), event, ...(amounts && { amounts }) });
  }

  #saySpoken(event: LotEvent): void {
    if (event.kind === "observe") return;
    const over = this.speakers.spokenOver(event);
    if (over.length) this.say("spoken", over, event);
    else if (isLate(event)) this.say("late", touched(event), event);
  }
}

function isLate({ at_ms, issued_s }: LotEvent): boolean {
  const apart_ms = (issued_s ?? 0) * 1000 - at_ms;
  return issued_s !== null && (apart_ms > MOST_LATE_MS || apart_ms < -MOST_AHEAD_MS);
}
