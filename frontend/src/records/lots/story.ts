/** What events tell together: who has what of which lot, what was made of what, and where it does not add up. */
import type { Hex } from "../../vote/ballot/bytes";
import { type Line, type LotEvent, counts } from "./event";
import type { Doubt, Finding } from "./finding";
import { type Fraction, ZERO, fraction, isMore, minus, over, plus, times } from "./fraction";
import { Ledger, type Place, placeOf } from "./ledger";
import { likeness, productOf } from "./naming";
import { cyclesOf, inOrder, pushTo } from "./order";
import { inFirst, kindOf } from "./units";

export class Story {
  readonly ledger = new Ledger();
  readonly findings: Finding[] = [];
  /** By lot, the events that made it, those taken back as well. */
  readonly madeBy = new Map<string, LotEvent[]>();
  /** By lot, the transformations that took it, those taken back as well. */
  readonly makes = new Map<string, LotEvent[]>();
  /** By transformation, what it took, out of its containers. */
  readonly taken = new Map<LotEvent, readonly Line[]>();

  /** `events` are in the order of the files. */
  constructor(readonly events: readonly LotEvent[]) {}

  /** All lots that are told of, in order. */
  get lots(): string[] {
    return [...new Set([...this.madeBy.keys(), ...this.ledger.lots])].sort();
  }

  say(doubt: Doubt, about: readonly string[], event: LotEvent | null, amounts?: Finding["amounts"]): void {
    this.findings.push({ doubt, about: [...new Set(about)].sort(), event, ...(amounts && { amounts }) });
  }

  /** Takes note of what an event made, and of what. */
  made(event: LotEvent, taken: readonly Line[]): void {
    for (const { name } of event.outputs) pushTo(this.madeBy, name, event);
    if (event.kind !== "transform") return;
    this.taken.set(event, taken);
    for (const name of new Set(taken.map((it) => it.name))) pushTo(this.makes, name, event);
  }
}

/** Who signs, by issuer in small letters. */
export type Keys = ReadonlyMap<string, Hex>;

/** Follows lots through events, a step for each. */
export function* following(events: readonly LotEvent[], keys: Keys = new Map()): Generator<undefined, Story> {
  const story = new Story(events);
  const counting = events.filter(counts);
  for (const knot of cyclesOf(counting)) story.say("cycle", knot, null);
  const walk = new Walk(story, inOrder(counting));
  for (const event of walk.order) {
    walk.step(event);
    yield;
  }
  for (const event of events) if (event.standing !== "stands") notStanding(story, event);
  alike(story);
  oneKey(story, keys);
  parents(story);
  inPlaces(story);
  return story;
}

/** The same at once. */
export function follow(...given: Parameters<typeof following>): Story {
  const work = following(...given);
  for (let step = work.next(); ; step = work.next()) if (step.done) return step.value;
}

/** First what is about several events. */
function inPlaces({ events, findings }: Story): void {
  const places = new Map<LotEvent | null, number>(events.map((event, place) => [event, place]));
  const key = ({ doubt, about }: Finding): string => [doubt, ...about].join("\n");
  findings.sort((a, b) => {
    const apart = (places.get(a.event) ?? -1) - (places.get(b.event) ?? -1);
    return apart || (key(a) < key(b) ? -1 : 1);
  });
}

const touched = ({ inputs, outputs }: LotEvent): string[] =>
  (outputs.length ? outputs : inputs).map(({ name }) => name);

function notStanding(story: Story, event: LotEvent): void {
  story.say(event.standing === "unsealed" ? "unsealed" : "taken_back", touched(event), event);
  if (!counts(event)) story.made(event, event.inputs);
}

function alike(story: Story): void {
  const groups = new Map<string, string[]>();
  for (const lot of story.lots) pushTo(groups, likeness(lot), lot);
  for (const lots of groups.values()) if (lots.length > 1) story.say("alike", lots, null);
}

function oneKey(story: Story, keys: Keys): void {
  const issuers = new Map<string, string[]>();
  for (const issuer of new Set(story.events.map(({ ref }) => ref.issuer))) {
    const key = keys.get(issuer.toLowerCase());
    if (key) pushTo(issuers, key.toLowerCase(), issuer);
  }
  for (const several of issuers.values()) if (several.length > 1) story.say("one_key", several, null);
}

const paperName = ({ schema, issuer, number, leaf }: LotEvent["ref"]): string =>
  `${schema} ${issuer} ${number} ${leaf}`.toLowerCase();

function parents(story: Story): void {
  const known = new Map(story.events.map((event) => [paperName(event.ref), event] as const));
  for (const event of story.events) {
    const made = new Set<string>();
    for (const parent of event.parents) {
      const found = known.get(paperName(parent));
      if (!found) story.say("parents", touched(event), event);
      for (const name of found ? madeBy(found) : []) made.add(name);
    }
    for (const name of restsOn(event)) if (!made.has(name)) story.say("parents", [name], event);
  }
}

function madeBy({ kind, container, outputs }: LotEvent): string[] {
  if (kind === "pack") return container === null ? [] : [container];
  return outputs.map(({ name }) => name);
}

function restsOn({ kind, container, inputs }: LotEvent): string[] {
  if (kind === "observe") return [];
  return kind === "unpack" && container !== null ? [container] : inputs.map(({ name }) => name);
}

/** Events, taken one after another, with what is known of all of them. */
class Walk {
  readonly #firstMs = new Map<string, number>();
  readonly #packed: ReadonlySet<string>;
  readonly #derived: ReadonlySet<string>;
  readonly #hashes = new Set<string>();
  readonly #speakers = new Map<string, string>();

  constructor(
    readonly story: Story,
    readonly order: readonly LotEvent[],
  ) {
    for (const { outputs, at_ms } of order) {
      for (const { name } of outputs) if (!this.#firstMs.has(name)) this.#firstMs.set(name, at_ms);
    }
    this.#packed = new Set(order.flatMap(({ kind, container }) => (kind === "pack" && container ? [container] : [])));
    this.#derived = new Set(order.flatMap(derived));
  }

  step(event: LotEvent): void {
    if (this.#hashes.has(event.hash)) return this.story.say("twice", touched(event), event);
    this.#hashes.add(event.hash);
    if (event.kind === "observe") return;
    this.#speaks(event);
    const held = placeOf("held", event.holder);
    switch (event.kind) {
      case "commission":
        return this.#commission(event);
      case "transform":
        return this.#transform(event, held);
      case "pack":
      case "unpack":
        return this.#pack(event, held);
      case "ship":
        return this.#move(event, event.inputs, [held], placeOf("transit", event.partner ?? ""));
      case "receive": {
        const sources = [placeOf("transit", event.holder), placeOf("transit", "")];
        if (event.partner !== null) sources.push(placeOf("held", event.partner));
        return this.#move(event, event.inputs, sources, held);
      }
      case "consume":
        return this.#consume(event, held);
    }
  }

  #speaks(event: LotEvent): void {
    const issuer = event.ref.issuer.toLowerCase();
    const before = this.#speakers.get(event.holder) ?? issuer;
    this.#speakers.set(event.holder, before);
    if (before !== issuer) this.story.say("spoken", [event.holder], event);
  }

  #commission(event: LotEvent): void {
    for (const { name } of event.outputs) {
      if (this.#derived.has(productOf(name))) this.story.say("origin", [name], event);
    }
    this.#put(event);
    this.story.made(event, []);
  }

  #transform(event: LotEvent, held: Place): void {
    const { ledger } = this.story;
    const boxes = event.inputs.filter(({ name }) => ledger.isContainer(name));
    const loose = event.inputs.filter(({ name }) => !ledger.isContainer(name) || this.#firstMs.has(name));
    this.#move(event, boxes, [held], held);
    const taken = [...loose, ...boxes.flatMap(({ name }) => ledger.empty(name, held))];
    for (const line of taken) this.#take(event, line, [held], null);
    this.story.made(event, taken);
    this.#requireBalance(event, taken);
    this.#put(event);
  }

  #put(event: LotEvent): void {
    const { ledger } = this.story;
    for (const line of event.outputs) {
      if (ledger.converts(line)) ledger.put(line, placeOf("held", event.holder));
      else this.story.say("unit", [line.name], event);
    }
  }

  #consume(event: LotEvent, held: Place): void {
    const gone = placeOf("consumed", event.holder);
    this.#move(event, event.inputs, [held], gone);
    for (const { name } of event.inputs) {
      if (this.story.ledger.isContainer(name)) this.story.ledger.empty(name, gone);
    }
  }

  #pack(event: LotEvent, held: Place): void {
    const { ledger } = this.story;
    const box = event.container ?? "";
    if (!this.#packed.has(box)) return this.story.say("nowhere", [box], event);
    if (!ledger.move(box, [held], held)) this.story.say("elsewhere", [box], event);
    const inside = placeOf("packed", box);
    const others = event.inputs.filter(({ name }) => name !== box);
    if (others.length !== event.inputs.length) this.story.say("cycle", [box], event);
    if (event.kind === "pack") this.#move(event, others, [held], inside);
    else if (event.inputs.length) this.#move(event, others, [inside], held);
    else ledger.unpack(box, held);
  }

  #move(event: LotEvent, lines: readonly Line[], sources: readonly Place[], to: Place): void {
    const { ledger } = this.story;
    for (const line of lines) {
      const isBox = ledger.isContainer(line.name);
      if (isBox && !ledger.move(line.name, sources, to)) this.story.say("elsewhere", [line.name], event);
      if (!isBox || this.#firstMs.has(line.name)) this.#take(event, line, sources, to);
    }
  }

  /** Moves so much of a lot, or takes it out of the world, and says what speaks against it. */
  #take(event: LotEvent, line: Line, sources: readonly Place[], to: Place | null): void {
    const { story } = this;
    const { name, quantity, unit } = line;
    if (!story.ledger.converts(line)) return story.say("unit", [name], event);
    const lacking = story.ledger.take(line, sources);
    const first_ms = this.#firstMs.get(name);
    if (first_ms === undefined) story.say("nowhere", [name], event);
    else if (first_ms > event.at_ms) story.say("early", [name], event);
    else if (lacking.n > 0n) {
      const said = inFirst(quantity, unit);
      story.say("invented", [name], event, { said, had: minus(said, lacking), unit: kindOf(unit) });
    }
    if (to !== null) story.ledger.put(line, to);
  }

  #requireBalance(event: LotEvent, taken: readonly Line[]): void {
    const out = new Map<string, Fraction>();
    for (const { quantity, unit } of event.outputs) {
      out.set(kindOf(unit), plus(out.get(kindOf(unit)) ?? ZERO, inFirst(quantity, unit)));
    }
    for (const [kind, said] of out) {
      const about = event.outputs.filter(({ unit }) => kindOf(unit) === kind).map(({ name }) => name);
      const most = mostOf(event, taken, kind);
      if (most === null) this.story.say("unit", about, event);
      else if (isMore(said, most)) this.story.say("yield", about, event, { said, had: most, unit: kind });
    }
  }
}

/** Products that are made of other products. */
function derived({ kind, inputs, outputs }: LotEvent): string[] {
  if (kind !== "transform") return [];
  const own = new Set(inputs.map(({ name }) => productOf(name)));
  return outputs.map(({ name }) => productOf(name)).filter((product) => !own.has(product));
}

/** How much of a kind can come out at most; null where nothing that goes in counts. */
function mostOf({ yields }: LotEvent, taken: readonly Line[], kind: string): Fraction | null {
  const stated = new Map(yields.filter(({ unit }) => kindOf(unit) === kind).map((it) => [kindOf(it.of), it] as const));
  const found = taken.flatMap(({ quantity, unit }) => {
    const goesIn = inFirst(quantity, unit);
    const rule = stated.get(kindOf(unit));
    if (!rule) return stated.size === 0 && kindOf(unit) === kind ? [goesIn] : [];
    const one = inFirst(fraction(1n), rule.of);
    return [times(over(goesIn, one), inFirst(rule.factor, rule.unit))];
  });
  return found.length ? found.reduce(plus) : null;
}
