import { useState } from "preact/hooks";
import { Button } from "../../parts/Button";
import { amountIn, readAmount } from "../amount";
import type { Circle } from "../chain/circle";
import type { Vouch } from "../chain/told";
import { credit } from "../words/credit";
import { CircleAmount } from "./CircleAmount";

interface Props {
  circle: Circle;
  given: Vouch;
  /** What its member neither uses of her limit nor lends on. */
  free: bigint;
  whom: string;
  busy: boolean;
  onAmount: (amount: bigint) => void;
}

/** A vouch, how much of it is in use, and a way to take the rest back. */
export function TakeBack({ circle, given, free, whom, busy, onAmount }: Props) {
  const w = credit().vouches;
  const [typed, setTyped] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const shown = (amount: bigint): string => amountIn(circle, amount);
  const most = free < given.amount ? free : given.amount;
  const used = given.amount - most;
  const told = used > 0n ? w.inUse(whom, shown(used), shown(most)) : w.unused;

  const faultOf = (amount: bigint): string | null => {
    if (amount > given.amount) return w.notSoMuch(shown(given.amount));
    return amount > most ? told : null;
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    const read = readAmount(circle, typed);
    const found = read.fault ?? faultOf(read.amount);
    setFault(found);
    if (read.fault === null && found === null) onAmount(read.amount);
  };

  return (
    <div class="card stack">
      <p>
        {whom} : <strong>{shown(given.amount)}</strong>
      </p>
      <p class="hint">{told}</p>
      <form class="stack" noValidate onSubmit={submit}>
        <CircleAmount
          circle={circle}
          label={w.takeBackLabel(whom)}
          value={typed}
          onValue={setTyped}
          fault={fault ?? undefined}
        />
        <Button type="submit" look="secondary" busy={busy}>
          {w.takeBack}
        </Button>
      </form>
    </div>
  );
}
