/** Events followed one after another, to where they do not add up: docs/provenance.md. */
import type { Hex } from "../../vote/ballot/bytes";
import { type LotEvent, isAside, touched } from "./event";
import type { Doubt, Finding } from "./finding";
import { issuerOf } from "./hearing";
import { likeness, productOf } from "./naming";
import { cyclesOf, pushTo } from "./order";
import { Story } from "./story";
import { Walk } from "./walk";

/** Who signs, by issuer in small letters. */
export type Keys = ReadonlyMap<string, Hex>;

/** Follows lots through events, a step for each. */
export function* following(events: readonly LotEvent[], keys: Keys = new Map()): Generator<undefined, Story> {
  const story = new Story(events);
  const walk = new Walk(story);
  for (const event of story.heard) {
    walk.step(event);
    yield;
  }
  for (const event of events) notStanding(story, event);
  for (const knot of cyclesOf(story.taken)) story.say("cycle", knot, null);
  origins(story);
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

function notStanding(story: Story, event: LotEvent): void {
  const { standing } = event;
  if (standing !== "stands") story.say(isAside(event) ? (standing as Doubt) : "taken_back", touched(event), event);
}

/** A lot that begins, of a product that its maker makes of others: a second name. */
function origins(story: Story): void {
  const made = new Set<string>();
  const key = (event: LotEvent, product: string): string => `${issuerOf(event)} ${product}`;
  for (const [event, lines] of story.taken) {
    const own = new Set(lines.map(({ name }) => productOf(name)));
    if (own.size === 0) continue;
    for (const { name } of event.outputs) if (!own.has(productOf(name))) made.add(key(event, productOf(name)));
  }
  for (const event of story.heard) {
    if (event.kind !== "commission") continue;
    for (const { name } of event.outputs) if (made.has(key(event, productOf(name)))) story.say("origin", [name], event);
  }
}

function alike(story: Story): void {
  const groups = new Map<string, string[]>();
  for (const lot of story.lots) pushTo(groups, likeness(lot), lot);
  for (const lots of groups.values()) if (lots.length > 1) story.say("alike", lots, null);
}

function oneKey(story: Story, keys: Keys): void {
  const issuers = new Map<string, string[]>();
  for (const issuer of new Set(story.events.filter((it) => !isAside(it)).map(({ ref }) => ref.issuer))) {
    const key = keys.get(issuer.toLowerCase());
    if (key) pushTo(issuers, key.toLowerCase(), issuer);
  }
  for (const several of issuers.values()) if (several.length > 1) story.say("one_key", several, null);
}

const paperName = ({ schema, issuer, number, leaf }: LotEvent["ref"]): string =>
  `${schema} ${issuer} ${number} ${leaf}`.toLowerCase();

function parents(story: Story): void {
  const told = story.events.filter((it) => !isAside(it));
  const known = new Map(told.map((event) => [paperName(event.ref), event] as const));
  for (const event of told) {
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
