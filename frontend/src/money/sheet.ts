import { movementText, referenceText } from "./parts/Movements";
import { money } from "./words/money";
import { csv } from "../csv";
import type { DayOfTakings, Movement } from "./movements";

/** Cents as spreadsheets of the reader's language take them, by the browser's own decimal sign. */
function plain(cents: bigint): string {
  const size = cents < 0n ? -cents : cents;
  return `${cents < 0n ? "-" : ""}${size / 100n},${(size % 100n).toString().padStart(2, "0")}`;
}

/** A history as a sheet: times in ISO 8601, amounts with a decimal comma. */
export function historySheet(movements: readonly Movement[]): string {
  const w = money().history;
  const header = [w.when, w.what, w.other, w.amount, w.balance, w.reference, w.reference, w.transaction];
  return csv(
    header,
    movements.map((it) => [
      new Date(it.at_s * 1000).toISOString(),
      movementText(it),
      it.other ?? "",
      plain(it.change_cents),
      plain(it.balance_cents),
      referenceText(it),
      it.ref ?? "",
      it.transaction,
    ]),
  );
}

export function takingsSheet(days: readonly DayOfTakings[]): string {
  const w = money().takings;
  return csv(
    [w.day, w.payments, w.received, w.paid, w.redeemed, w.closing],
    days.map((it) => [
      it.day,
      it.payments.toString(),
      plain(it.received_cents),
      plain(it.paid_cents),
      plain(it.redeemed_cents),
      plain(it.closing_cents),
    ]),
  );
}
