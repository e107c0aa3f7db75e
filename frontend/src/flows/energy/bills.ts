/**
 * What each member pays or is paid for a period, to the cent, by the rules and the public allocations alone. As
 * `beffroi/flows/energy/bills.py`: amounts are exact in 10⁻¹³ €, and rounded once so that all lines make nothing.
 */
import type { Hex } from "../../vote/ballot/bytes";
import { EnergyFault } from "./faults";
import { DRAWS, INJECTS, type Line, type MeterKind } from "./header";
import type { Rules } from "./rules";
import { topped } from "./sums";

/** What a meter was given of what is shared, or gave to it. */
export interface Shared {
  id: Hex;
  member: Hex;
  kind: MeterKind;
  /** By slot. */
  wh: readonly bigint[];
}

interface BillItem {
  /** Of the element or fee. */
  name: string;
  /** Its place in the rules; null where there is none. */
  slot: number | null;
  /** For which it is due; null where it is for several. */
  meter: Hex | null;
  wh: bigint;
  /** Before VAT, 10⁻¹³ €; above 0 what she pays, below what she is paid. */
  exact: bigint;
  exactVat: bigint;
}

export interface Bill {
  member: Hex;
  /** Above 0 what she pays, below what she is paid. */
  amount_cents: bigint;
  items: readonly BillItem[];
}

const CENT = 10n ** 11n;
const WHOLE_BP = 10_000n;

/** The bills of a period, by rising address, the organiser's among them.
 * @throws EnergyFault where consumers were not given in a slot what producers gave */
export function bills(rules: Rules, shared: readonly Shared[], organiser: Hex): Bill[] {
  requireBalanced(rules, shared);
  const items = new Map<bigint, { member: Hex; items: BillItem[] }>();
  const of = (member: Hex): BillItem[] => {
    const key = BigInt(member);
    const found = items.get(key) ?? { member, items: [] };
    items.set(key, found);
    return found.items;
  };
  of(organiser);
  for (const column of shared) of(column.member).push(...ofMeter(rules, column));
  of(organiser).push(...organisers(rules, shared));
  const order = [...items].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, it]) => it);
  const exact = order.map((it) => it.items.reduce((sum, { exact: its, exactVat }) => sum + its + exactVat, 0n));
  const cents = topped(exact, CENT, 0n);
  return order.map((it, place) => ({ ...it, amount_cents: cents[place] as bigint }));
}

/** As they are stated: no line of nothing. */
export const linesOf = (all: readonly Bill[]): Line[] =>
  all.flatMap(({ member, amount_cents }) => (amount_cents === 0n ? [] : [{ member, amount_cents }]));

/** Each item's cents and its VAT's, as the bill shows them: together they make the amount. */
export function shownCents({ amount_cents, items }: Bill): { net_cents: bigint; vat_cents: bigint }[] {
  const shown = topped(
    items.flatMap(({ exact, exactVat }) => [exact, exactVat]),
    CENT,
    amount_cents,
  );
  return items.map((_, place) => ({
    net_cents: shown[2 * place] as bigint,
    vat_cents: shown[2 * place + 1] as bigint,
  }));
}

function requireBalanced({ slots }: Rules, shared: readonly Shared[]): void {
  for (const [slot] of slots.entries()) {
    const of = (kind: MeterKind): bigint =>
      shared.reduce((sum, it) => (it.kind === kind ? sum + (it.wh[slot] ?? 0n) : sum), 0n);
    if (of(DRAWS) !== of(INJECTS)) throw new EnergyFault("unbalanced", `${slot}`);
  }
}

const namesOfKinds = { [DRAWS]: "draws", [INJECTS]: "injects" } as const;

function ofMeter({ elements, fees }: Rules, { id, kind, wh }: Shared): BillItem[] {
  const isOurs = ({ by }: { by: string }): boolean => by === namesOfKinds[kind] || by === "each";
  return [
    ...elements.flatMap(({ name, to, rates, vat_bp }) =>
      kind === INJECTS && to !== "producers"
        ? []
        : rates.flatMap((rate, slot) => {
            const given = wh[slot] ?? 0n;
            if (given === 0n || rate === 0) return [];
            const amount = BigInt(rate) * given * (kind === DRAWS ? 1n : -1n);
            return [{ name, slot, meter: id, wh: given, exact: amount * WHOLE_BP, exactVat: amount * BigInt(vat_bp) }];
          }),
    ),
    ...fees.flatMap((fee) => (isOurs(fee) && fee.cents > 0 ? [feeOf(fee, 1n, id)] : [])),
  ];
}

function organisers({ elements, fees }: Rules, shared: readonly Shared[]): BillItem[] {
  const drawn = (slot: number): bigint =>
    shared.reduce((sum, it) => (it.kind === DRAWS ? sum + (it.wh[slot] ?? 0n) : sum), 0n);
  return [
    ...elements.flatMap(({ name, to, rates, vat_bp }) =>
      to === "producers"
        ? []
        : rates.flatMap((rate, slot) => {
            const wh = drawn(slot);
            if (wh === 0n || rate === 0) return [];
            const amount = -BigInt(rate) * wh;
            return [{ name, slot, meter: null, wh, exact: amount * WHOLE_BP, exactVat: amount * BigInt(vat_bp) }];
          }),
    ),
    ...fees.flatMap((fee) => {
      const meters = shared.filter(({ kind }) => fee.by === namesOfKinds[kind] || fee.by === "each").length;
      return meters > 0 && fee.cents > 0 ? [feeOf(fee, -BigInt(meters), null)] : [];
    }),
  ];
}

function feeOf(fee: Rules["fees"][number], times: bigint, meter: Hex | null): BillItem {
  const cents = times * BigInt(fee.cents);
  const exactVat = cents * BigInt(fee.vat_bp) * (CENT / WHOLE_BP);
  return { name: fee.name, slot: null, meter, wh: 0n, exact: cents * CENT, exactVat };
}
