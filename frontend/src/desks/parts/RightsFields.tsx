import { Button } from "../../parts/Button";
import { Field, TextField } from "../../parts/Field";
import { landCurrency } from "../../town/currency";
import { desk } from "../words/desk";
import { drafting } from "../words/drafting";
import { land } from "../../land/words/land";
import { NOBODY, type Row, type RowFaults } from "../rows";

interface Props {
  rows: readonly Row[];
  change: (rows: readonly Row[]) => void;
  /** What someone is called, by place from 1 and how many there are. */
  nameOf: (place: number, count: number) => string;
  add: string;
  faults: RowFaults;
  /** Whether each may bring money. */
  isPaying?: boolean;
}

/** Who is to have which share of a title: as many as there are. */
export function RightsFields({ rows, change, nameOf, add, faults, isPaying = false }: Props) {
  const w = drafting().rows;
  return (
    <>
      {rows.map((row, place) => {
        const name = nameOf(place + 1, rows.length);
        const fault = (field: keyof Row): string | null => {
          const found = faults[`${place}/${field}`];
          return found ? desk().faults[found] : null;
        };
        const set = (part: Partial<Row>): void =>
          change(rows.map((other, at) => (at === place ? { ...other, ...part } : other)));
        const plain = { autocomplete: "off", spellcheck: false };
        return (
          <div key={place} class="card stack" role="group" aria-label={name}>
            <div class="act-head">
              <h2>{name}</h2>
              {rows.length > 1 && (
                <Button look="quiet" onClick={() => change(rows.filter((_, at) => at !== place))}>
                  {w.remove(name)}
                </Button>
              )}
            </div>
            <TextField
              label={w.account}
              value={row.account}
              onValue={(account) => set({ account })}
              fault={fault("account")}
              input={plain}
            />
            <Field label={w.kind}>
              {(wiring) => (
                <select {...wiring} value={row.kind} onChange={(event) => set({ kind: event.currentTarget.value })}>
                  {land().rights.kinds.map((kind, at) => (
                    <option key={kind} value={String(at)}>
                      {kind}
                    </option>
                  ))}
                </select>
              )}
            </Field>
            <TextField
              label={w.part}
              hint={w.partHint}
              value={row.part}
              onValue={(part) => set({ part })}
              fault={fault("part")}
              input={plain}
            />
            {isPaying && (
              <TextField
                label={w.brings}
                hint={w.bringsHint}
                value={row.brings}
                onValue={(brings) => set({ brings })}
                fault={fault("brings")}
                unit={landCurrency().symbol}
                input={{ ...plain, inputMode: "decimal" }}
              />
            )}
          </div>
        );
      })}
      <Button look="secondary" onClick={() => change([...rows, NOBODY])}>
        {add}
      </Button>
    </>
  );
}
