import { type Fields, text } from "../../store/schema";
import { type Ceremony, readCeremonies } from "../../vote/booth/ceremonies";
import { hear } from "../../vote/booth/heard";
import { LEAST_SECRET, type Planned, usualDates } from "../../vote/booth/opening";
import { type Floors, readFloors } from "../../vote/booth/floors";
import { readPolls } from "../../vote/booth/polls";
import { type Published, publishedRolls } from "../../vote/booth/rolls";
import { head, now_s } from "../../chain/head";
import { blockTimes } from "../../chain/logs";
import { DRAW } from "../../vote/flows/opening";
import { type Read, useRead } from "../../parts/read";

/** What a consultation can be opened with, here and now. */
export interface Ground {
  /** The chain's own clock. */
  now_s: number;
  /** Keys that are made and that no consultation has taken, the oldest first. */
  keys: readonly Ceremony[];
  rolls: readonly (Published & { drawnAt_s: number })[];
  floors: Floors;
}

async function datedRolls(): Promise<Ground["rolls"]> {
  const rolls = await publishedRolls();
  const times = await blockTimes(rolls.map(({ block }) => block));
  return rolls.map((roll) => ({ ...roll, drawnAt_s: times.get(roll.block) ?? 0 }));
}

/** Keys of which a consultation can still be opened, and by which trustees would count. */
export async function freeKeys(): Promise<Ceremony[]> {
  const [ceremonies, polls] = await Promise.all([readCeremonies(), readPolls()]);
  const taken = new Set(polls.map(({ ceremony }) => ceremony));
  const free = ceremonies.filter(({ phase, number }) => phase === "ready" && !taken.has(number)).reverse();
  const heard = await Promise.all(free.map(hear));
  return heard.filter(({ isBelieved }) => isBelieved);
}

/** The keys and the clock with each block; what the town published, once. */
export function useGround(): Read<Ground> {
  const rolls = useRead(datedRolls, []);
  const floors = useRead(readFloors, []);
  const moving = useRead(async () => {
    const [keys, now] = await Promise.all([freeKeys(), now_s()]);
    return { keys, now_s: Number(now) };
  }, [head.value?.number]);
  return {
    value: rolls.value && floors.value && moving.value && { ...moving.value, rolls: rolls.value, floors: floors.value },
    problem: rolls.problem ?? floors.problem ?? moving.problem,
    again: () => {
      rolls.again();
      floors.again();
      moving.again();
    },
  };
}

/** A plan as a draft keeps it. */
export const PLANNED: Fields<Planned> = {
  opens: text,
  closes: text,
  tally: text,
  secrecy: text,
  ceremony: text,
  roll: text,
};

/** What a form proposes before anything is typed: the usual dates, the one key there is, the newest roll. */
export const usualPlan = ({ now_s: now, keys, rolls, floors }: Ground): Planned => ({
  ...usualDates(now + floors.notice_s),
  secrecy: String(Math.max(LEAST_SECRET, floors.secrecyMinimum)),
  ceremony: keys.length === 1 ? String(keys[0]?.number) : "",
  roll: rolls[0]?.root ?? DRAW,
});

/** What a form may name. */
export const knownOf = ({ keys, rolls, floors }: Ground, planned: Planned) => ({
  floors,
  keys: keys.map(({ number }) => number),
  rolls: [...rolls.map(({ root }) => root as string), DRAW],
  rollSize: rolls.find(({ root }) => root === planned.roll)?.size ?? null,
});
