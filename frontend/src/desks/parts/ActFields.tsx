import { Choice, TextField } from "../../parts/Field";
import type { Currency } from "../../town/town";
import { desk } from "../words/desk";
import type { Fault, Field } from "../fields";
import { DocumentField } from "./DocumentField";

interface Props {
  /** What amounts are counted in. */
  currency: Currency;
  fields: readonly Field[];
  typed: Readonly<Record<string, string>>;
  faults: Readonly<Record<string, Fault>> | null;
  change: (part: Record<string, string>) => void;
}

/** The inputs of an act, each by its kind. */
export function ActFields({ currency, fields, typed, faults, change }: Props) {
  const w = desk();
  return (
    <>
      {fields.map((field) => {
        const { name, kind } = field;
        const fault = faults?.[name];
        const shared = {
          key: name,
          label: w.fields[name] ?? name,
          value: typed[name] ?? "",
          onValue: (value: string) => change({ [name]: value }),
          fault: fault ? w.faults[fault] : null,
        };
        if (kind === "document") return <DocumentField {...shared} />;
        if (kind === "person" || kind === "supply") {
          const persons = w.persons.map((label, place) => ({ value: String(place), label })).slice(1);
          const supplies = w.supplies.map((supply, place) => ({ value: String(place), ...supply }));
          const options = kind === "person" ? persons : supplies;
          return (
            <Choice
              key={name}
              legend={shared.label}
              options={options}
              value={shared.value || null}
              onValue={shared.onValue}
              fault={shared.fault}
            />
          );
        }
        if (kind === "amount") {
          const unit = name === "reserve" ? "€" : currency.symbol;
          return <TextField {...shared} unit={unit} input={{ inputMode: "decimal", autocomplete: "off" }} />;
        }
        const hint = kind === "parcel" ? w.hints.parcel : undefined;
        const type = kind === "moment" ? "date" : "text";
        const inputMode = kind === "number" ? "numeric" : "text";
        return (
          <TextField {...shared} hint={hint} input={{ type, inputMode, autocomplete: "off", spellcheck: false }} />
        );
      })}
    </>
  );
}
