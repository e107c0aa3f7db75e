/** Events taken one after another: what each moves, and what speaks against it. */
import { type Outcome, outcomesOf, shareOf } from "./balance";
import type { Line, LotEvent } from "./event";
import { type Fraction, fraction, isMore, minus } from "./fraction";
import { type Place, placeOf } from "./ledger";
import type { Story } from "./story";
import { inFirst, kindOf } from "./units";

export class Walk {
  readonly #firstMs = new Map<string, number>();

  constructor(readonly story: Story) {
    for (const [lot, [first]] of story.madeBy) if (first) this.#firstMs.set(lot, first.at_ms);
  }

  step(event: LotEvent): void {
    const held = placeOf("held", event.holder);
    switch (event.kind) {
      case "commission":
        return this.#put(event);
      case "transform":
        return this.#transform(event, held);
      case "pack":
      case "unpack":
        return this.#pack(event, held);
      case "ship":
        return this.#move(event, event.inputs, [held], placeOf("transit", event.partner ?? ""));
      case "receive":
        return this.#move(event, event.inputs, [placeOf("transit", event.holder), placeOf("transit", "")], held);
      case "consume":
        return this.#consume(event, held);
      case "observe":
    }
  }

  #transform(event: LotEvent, held: Place): void {
    const { ledger } = this.story;
    const boxes = event.inputs.filter(({ name }) => ledger.isContainer(name));
    const loose = event.inputs.filter(({ name }) => !ledger.isContainer(name) || this.#firstMs.has(name));
    const here = boxes.filter(({ name }) => this.#moveBox(event, name, [held], held));
    const taken = [...loose, ...here.flatMap(({ name }) => ledger.empty(name, held))];
    for (const line of taken) this.#take(event, line, [held], null);
    this.story.taken.set(event, taken);
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
    const { ledger } = this.story;
    const gone = placeOf("consumed", event.holder);
    this.#move(event, event.inputs, [held], gone, (box) => ledger.empty(box, gone));
  }

  #pack(event: LotEvent, held: Place): void {
    const { ledger } = this.story;
    const box = event.container ?? "";
    if (!this.story.packedBy.has(box)) return this.story.say("nowhere", [box], event);
    const inside = placeOf("packed", box);
    const others = event.inputs.filter(({ name }) => name !== box);
    if (others.length !== event.inputs.length) this.story.say("cycle", [box], event);
    if (event.kind === "pack") ledger.begin(box, held);
    if (!this.#moveBox(event, box, [held], held)) return;
    if (event.kind === "pack") this.#move(event, others, [held], inside);
    else if (event.inputs.length) this.#move(event, others, [inside], held);
    else ledger.unpack(box, held);
  }

  #move(
    event: LotEvent,
    lines: readonly Line[],
    sources: readonly Place[],
    to: Place,
    moved: (box: string) => void = () => {},
  ): void {
    for (const line of lines) {
      const isBox = this.story.ledger.isContainer(line.name);
      if (isBox && this.#moveBox(event, line.name, sources, to)) moved(line.name);
      if (!isBox || this.#firstMs.has(line.name)) this.#take(event, line, sources, to);
    }
  }

  #moveBox(event: LotEvent, box: string, sources: readonly Place[], to: Place): boolean {
    const isThere = this.story.ledger.move(box, sources, to);
    if (!isThere) this.story.say("elsewhere", [box], event);
    return isThere;
  }

  /** Moves what is there of so much of a lot, or takes it out of the world, and says what speaks against it. */
  #take(event: LotEvent, line: Line, sources: readonly Place[], to: Place | null): void {
    const { story } = this;
    const { name, quantity, unit } = line;
    if (!story.ledger.converts(line)) return story.say("unit", [name], event);
    const lacking = story.ledger.transfer(line, sources, to, event.holder);
    const first_ms = this.#firstMs.get(name);
    if (first_ms === undefined) story.say("nowhere", [name], event);
    else if (first_ms > event.at_ms) story.say("early", [name], event);
    else if (lacking.n > 0n) {
      const said = inFirst(quantity, unit);
      story.say("invented", [name], event, { said, had: minus(said, lacking), unit: kindOf(unit) });
    }
  }

  #requireBalance(event: LotEvent, taken: readonly Line[]): void {
    const outcomes = outcomesOf(event, taken);
    for (const { most, lots } of outcomes) if (most === null) this.story.say("unit", lots, event);
    const limited = outcomes.filter((it): it is Outcome & { most: Fraction } => it.most !== null);
    if (!isMore(shareOf(limited), fraction(1n))) return;
    const [one, ...others] = limited;
    const amounts = one && others.length === 0 ? { said: one.said, had: one.most, unit: one.kind } : undefined;
    const about = limited.flatMap(({ lots }) => lots);
    this.story.say("yield", about, event, amounts);
  }
}
