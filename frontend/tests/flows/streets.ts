/** Streets as the dApp draws and seals them, for Python to find the same: tests/vectors/energy-typescript.json. */
import { bills, linesOf } from "../../src/flows/energy/bills";
import { affine, blindingsOf, commit, compressed } from "../../src/flows/energy/curve";
import { type Allocation, DRAWS, INJECTS, type MeterKind, type Total, headerHash } from "../../src/flows/energy/header";
import { type PublicPeriod, cellsOf, committedRoot, headerOf, totalsRoot } from "../../src/flows/energy/period";
import { type Rules, canonical, readRules, slotsOf } from "../../src/flows/energy/rules";
import { coefficients, orderOf } from "../../src/flows/energy/sums";
import { sharesOf } from "../../src/flows/energy/verify";
import { type Hex, concat, fromHex, keccak, toHex, utf8 } from "../../src/vote/ballot/bytes";
import { N } from "../../src/vote/ballot/order";

interface DrawnMeter {
  id: Hex;
  member: Hex;
  kind: MeterKind;
  seed: Hex;
  readings_wh: number[];
}

export interface DrawnStreet {
  op: Hex;
  period: number;
  start_s: number;
  step_s: number;
  rules: string;
  organiser: Hex;
  meters: DrawnMeter[];
}

/** What a street makes. */
export interface Made {
  roots: Hex[];
  readingsRoot: Hex;
  totalsRoot: Hex;
  lines: [Hex, number][];
}

function* numbers(seed: number): Generator<number, never> {
  for (let state = keccak(utf8(`street ${seed}`)); ; state = keccak(state))
    yield new DataView(state.buffer).getUint32(0);
}

/** Some homes and roofs, at night, at noon, and at steps at which nobody draws or nobody injects. */
export function drawn(seed: number): DrawnStreet {
  const drawing = numbers(seed);
  const draw = (below: number): number => drawing.next().value % below;
  const wordOf = (name: string): Hex => toHex(keccak(utf8(`${seed} ${name}`)));
  const members = Array.from({ length: 6 }, (_, place) => wordOf(`member ${place}`).slice(0, 42) as Hex);
  const steps = 6 + draw(8);
  const sun = Array.from({ length: steps }, () => draw(3) * draw(2_000));
  const silent = Array.from({ length: steps }, () => draw(5) === 0);
  const meter = (kind: MeterKind, place: number): DrawnMeter => ({
    id: wordOf(`meter ${kind} ${place}`),
    member: members[draw(members.length)] as Hex,
    kind,
    seed: wordOf(`seed ${kind} ${place}`),
    readings_wh: sun.map((most, step) => (kind === INJECTS ? draw(most + 1) : silent[step] ? 0 : draw(900))),
  });
  const homes = Array.from({ length: 1 + draw(5) }, (_, place) => meter(DRAWS, place));
  const roofs = Array.from({ length: draw(3) }, (_, place) => meter(INJECTS, place));
  return {
    op: wordOf("op"),
    period: 1 + draw(1_000),
    start_s: 1_774_652_400 + 3_600 * draw(9_000),
    step_s: [300, 600, 900, 1_800, 3_600][draw(5)] as number,
    rules: canonical(rulesOf(draw)),
    organiser: members[draw(members.length)] as Hex,
    meters: [...homes, ...roofs],
  };
}

function rulesOf(draw: (below: number) => number): Rules {
  const always = { months: Array.from({ length: 12 }, (_, at) => at + 1), days: [1, 2, 3, 4, 5, 6, 7] };
  const night = { ...always, name: "Heures creuses", hours: [[0, 420], [1_320, 1_440]] as [number, number][] }; // prettier-ignore
  const weekend = { ...always, name: "Fin de semaine « été »", days: [6, 7], months: [4, 5, 6, 7, 8, 9], hours: [[480, 1_200]] as [number, number][] }; // prettier-ignore
  const rest = { ...always, name: "Reste", hours: [[0, 1_440]] as [number, number][] };
  const rates = (): number[] => [draw(200_000), draw(200_000), draw(200_000)];
  return {
    name: "Rue des Tilleuls",
    timezone: ["Europe/Paris", "UTC", "America/Cayenne"][draw(3)] as string,
    key: "default",
    slots: [night, weekend, rest],
    elements: [
      { name: "Énergie", to: "producers", rates: rates(), vat_bp: draw(2_001) },
      { name: "Réseau", to: "organiser", rates: rates(), vat_bp: 2_000 },
    ],
    fees: [{ name: "Gestion", by: (["draws", "injects", "each"] as const)[draw(3)] as "each", cents: draw(400), vat_bp: 2_000 }], // prettier-ignore
  };
}

/** A street sealed, as `beffroi.flows.energy.sealperiod` does. */
function sealed(street: DrawnStreet): PublicPeriod {
  const { meters, op, organiser: _, rules, ...shape } = street;
  const steps = meters[0]?.readings_wh.length ?? 0;
  const order = slotsOf(readRules(rules), street.start_s, street.step_s, steps);
  const slots = readRules(rules).slots.length;
  const columns = meters.map(({ id, readings_wh, seed }) => {
    const readings = readings_wh.map(BigInt);
    const month = { seed: fromHex(seed), op: fromHex(op), meter: fromHex(id), period: street.period };
    const blindings = blindingsOf(month, readings);
    return { readings, blindings, points: affine(readings.map((it, step) => commit(it, blindings[step] ?? 0n))) };
  });
  const { earlier, last } = orderOf(order, slots);
  const sum = (kind: MeterKind, step: number, of: "readings" | "blindings"): bigint =>
    columns.reduce((all, it, place) => (meters[place]?.kind === kind ? (all + (it[of][step] ?? 0n)) % N : all), 0n);
  const totals = order.map<Total>((slot, step) => ({
    slot,
    earlier: earlier[step] ?? 0n,
    injected: sum(INJECTS, step, "readings"),
    injectedBlinding: sum(INJECTS, step, "blindings"),
    drawn: sum(DRAWS, step, "readings"),
    drawnBlinding: sum(DRAWS, step, "blindings"),
  }));
  const weighed = (numbersOf: readonly bigint[], kind: MeterKind, slot: number): bigint =>
    totals.reduce((all, total, step) => {
      const { draws, injects } = coefficients(total);
      return total.slot === slot ? (all + (kind === DRAWS ? draws : injects) * (numbersOf[step] ?? 0n)) % N : all;
    }, 0n);
  const allocations = columns.map(({ blindings, readings }, place) =>
    last.map<Allocation>((its, slot) => {
      const kind = meters[place]?.kind ?? DRAWS;
      return { value: weighed(readings, kind, slot), blinding: weighed(blindings, kind, slot), last: its };
    }),
  );
  return {
    ...shape,
    op,
    slots,
    consumers: meters.filter(({ kind }) => kind === DRAWS).length,
    columns: meters.map(({ id, kind, member }, place) => ({
      id,
      kind,
      member,
      root: committedRoot(columns[place]?.points ?? []),
    })),
    totals,
    commitments: concat(...columns.flatMap(({ points }) => points.map(compressed))),
    allocations,
    odd: new Map(),
  };
}

/** What a street makes, all of it. */
export function made(street: DrawnStreet): Made {
  const period = sealed(street);
  const work = cellsOf(period);
  let step = work.next();
  while (!step.done) step = work.next();
  const lines = linesOf(bills(readRules(street.rules), sharesOf(period), street.organiser));
  return {
    roots: period.columns.map(({ root }) => root),
    readingsRoot: toHex(headerHash(headerOf(period, step.value.root))),
    totalsRoot: totalsRoot(period),
    lines: lines.map(({ member, amount_cents }) => [member, Number(amount_cents)]),
  };
}
