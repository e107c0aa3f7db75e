import type { ComponentChildren, InputHTMLAttributes } from "preact";
import { useId } from "preact/hooks";
import { core } from "../words/core";

interface Shared {
  label: string;
  hint?: ComponentChildren;
  /** What is wrong with it, in a sentence; shown and announced. */
  fault?: string | null | undefined;
  optional?: boolean;
}

interface Wiring {
  id: string;
  "aria-describedby"?: string;
  "aria-invalid"?: boolean;
}

/** A label, what it holds, a hint and a fault, tied together for everyone. */
export function Field({
  label,
  hint,
  fault,
  optional = false,
  children,
}: Shared & { children: (wiring: Wiring) => ComponentChildren }) {
  const id = useId();
  const described = [hint ? `${id}-hint` : "", fault ? `${id}-fault` : ""].filter(Boolean).join(" ");
  const wiring: Wiring = { id };
  if (described) wiring["aria-describedby"] = described;
  if (fault) wiring["aria-invalid"] = true;
  return (
    <div class={fault ? "field faulty" : "field"}>
      <label for={id}>
        {label} {optional && <span class="optional">({core().optional})</span>}
      </label>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {children(wiring)}
      {fault && (
        <p class="fault" id={`${id}-fault`}>
          {fault}
        </p>
      )}
    </div>
  );
}

interface InputProps extends Shared {
  value: string;
  onValue: (value: string) => void;
  /** Shown after the input: a unit. */
  unit?: string;
  multiline?: boolean;
  /** A class of its own: "amount" is large. */
  look?: string;
  input?: Omit<InputHTMLAttributes<HTMLInputElement>, "value" | "onInput" | "class"> & { list?: string };
}

/** A line of text; `input` hands on what else an input takes (inputMode, autocomplete, list…). */
export function TextField({ value, onValue, unit, multiline = false, look = "", input = {}, ...shared }: InputProps) {
  return (
    <Field {...shared}>
      {(wiring) => (
        <span class={`input ${look}`}>
          {multiline ? (
            <textarea {...wiring} rows={4} value={value} onInput={(event) => onValue(event.currentTarget.value)} />
          ) : (
            <input
              type="text"
              {...(input as object)}
              {...wiring}
              value={value}
              onInput={(event) => onValue(event.currentTarget.value)}
            />
          )}
          {unit && <span class="unit">{unit}</span>}
        </span>
      )}
    </Field>
  );
}

/** A choice of one among few: radio buttons, as large as a finger. */
export function Choice<Value extends string | number>({
  legend,
  options,
  value,
  onValue,
  hint,
  fault,
}: {
  legend: string;
  options: readonly { value: Value; label: string; note?: string }[];
  value: Value | null;
  onValue: (value: Value) => void;
  hint?: string;
  fault?: string | null;
}) {
  const id = useId();
  return (
    <fieldset class={fault ? "choice faulty" : "choice"} aria-describedby={fault ? `${id}-fault` : undefined}>
      <legend>{legend}</legend>
      {hint && <p class="hint">{hint}</p>}
      {options.map((option) => (
        <label class="option" key={option.value}>
          <input type="radio" name={id} checked={value === option.value} onChange={() => onValue(option.value)} />
          <span>
            {option.label}
            {option.note && <span class="hint">{option.note}</span>}
          </span>
        </label>
      ))}
      {fault && (
        <p class="fault" id={`${id}-fault`}>
          {fault}
        </p>
      )}
    </fieldset>
  );
}
