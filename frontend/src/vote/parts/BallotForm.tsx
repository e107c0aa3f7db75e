import { useId, useState } from "preact/hooks";
import type { Choice as BallotChoice } from "../ballot/questions";
import type { Subject } from "../ballot/subject";
import { Button } from "../../parts/Button";
import { Choice } from "../../parts/Field";
import { ballot } from "../words/ballot";

interface Props {
  subject: Subject;
  choice: BallotChoice | null;
  onChoice: (choice: BallotChoice) => void;
  onSeal: (choice: BallotChoice) => void;
  isSealing: boolean;
}

/** The ballot as a form: one of several, some of them, points, or an opinion on each promise. */
export function BallotForm({ subject, choice, onChoice, onSeal, isSealing }: Props) {
  const w = ballot().booth;
  const [fault, setFault] = useState<string | null>(null);
  const change = (value: BallotChoice): void => {
    setFault(null);
    onChoice(value);
  };
  const send = (event: Event): void => {
    event.preventDefault();
    const given = choice ?? emptyOf(subject);
    const wrong = faultOf(subject, given);
    setFault(wrong);
    if (!wrong && given !== null && !isSealing) onSeal(given);
  };
  return (
    <form class="stack" noValidate onSubmit={send}>
      <Inputs subject={subject} choice={choice} onChoice={change} fault={fault} />
      <p class="hint">{w.secret}</p>
      <Button type="submit" wide busy={isSealing}>
        {isSealing ? w.sealing : w.seal}
      </Button>
    </form>
  );
}

/** What stands for a form that nobody touched. */
function emptyOf({ kind, options }: Subject): BallotChoice | null {
  return kind === "approval" || kind === "points" ? options.map(() => 0) : null;
}

const UNSAID = -1;

function faultOf({ kind, options, minimum, maximum, total }: Subject, choice: BallotChoice | null): string | null {
  const w = ballot().booth;
  if (kind === "single") return typeof choice === "number" ? null : w.pickOne;
  if (choice === null || typeof choice === "number") return w.incomplete;
  if (kind === "levels") return choice.length === options.length && !choice.includes(UNSAID) ? null : w.incomplete;
  const sum = choice.reduce<number>((all, value) => all + (value ?? 0), 0);
  if (kind === "approval" && sum < minimum) return w.tooFew(minimum);
  if (kind === "approval" && sum > (maximum ?? options.length)) return w.tooMany(maximum ?? options.length);
  if (kind === "points" && sum > (total ?? 0)) return w.tooManyPoints(total ?? 0);
  return null;
}

interface InputsProps extends Pick<Props, "subject" | "choice" | "onChoice"> {
  fault: string | null;
}

function Inputs(props: InputsProps) {
  const { subject, choice, onChoice, fault } = props;
  switch (subject.kind) {
    case "single":
      return (
        <Choice
          legend={ballot().booth.choose}
          options={subject.options.map((label, value) => ({ label, value }))}
          value={typeof choice === "number" ? choice : null}
          onValue={onChoice}
          fault={fault}
        />
      );
    case "approval":
      return <Approval {...props} />;
    case "points":
      return <Points {...props} />;
    case "levels":
      return <Levels {...props} />;
  }
}

const listOf = (choice: BallotChoice | null, size: number, empty: number): (number | null)[] =>
  Array.isArray(choice) && choice.length === size
    ? [...(choice as (number | null)[])]
    : new Array<number>(size).fill(empty);

const withValue = (list: (number | null)[], place: number, value: number | null): (number | null)[] =>
  list.map((before, i) => (i === place ? value : before));

function Approval({ subject: { options, minimum, maximum }, choice, onChoice, fault }: InputsProps) {
  const w = ballot().booth;
  const id = useId();
  const values = listOf(choice, options.length, 0);
  return (
    <fieldset class={fault ? "choice faulty" : "choice"} aria-describedby={fault ? `${id}-fault` : undefined}>
      <legend>{w.choose}</legend>
      <p class="hint">{w.chooseSome(minimum, maximum ?? options.length)}</p>
      {options.map((option, place) => (
        <label class="option" key={option}>
          <input
            type="checkbox"
            checked={values[place] === 1}
            onChange={(event) => onChoice(withValue(values, place, event.currentTarget.checked ? 1 : 0))}
          />
          <span>{option}</span>
        </label>
      ))}
      <Fault id={id} fault={fault} />
    </fieldset>
  );
}

function Points({ subject: { options, maximum, total }, choice, onChoice, fault }: InputsProps) {
  const w = ballot().booth;
  const id = useId();
  const values = listOf(choice, options.length, 0);
  const left = (total ?? 0) - values.reduce<number>((all, value) => all + (value ?? 0), 0);
  const steps = Array.from({ length: (maximum ?? 0) + 1 }, (_, value) => value);
  return (
    <fieldset class={fault ? "choice faulty" : "choice"} aria-describedby={fault ? `${id}-fault` : undefined}>
      <legend>{w.choose}</legend>
      <p class="hint">
        {w.givePoints(maximum ?? 0, total ?? 0)} <span role="status">{w.pointsLeft(left)}</span>
      </p>
      {options.map((option, place) => (
        <fieldset class="scale" key={option}>
          <legend>{option}</legend>
          <Scale
            name={`${id}-${place}`}
            steps={steps.map((value) => ({ value, label: String(value) }))}
            value={values[place] ?? 0}
            onValue={(value) => onChoice(withValue(values, place, value))}
          />
        </fieldset>
      ))}
      <Fault id={id} fault={fault} />
    </fieldset>
  );
}

function Levels({ subject: { options }, choice, onChoice, fault }: InputsProps) {
  const w = ballot().booth;
  const id = useId();
  const values = listOf(choice, options.length, UNSAID);
  const steps = [
    ...w.levels.map((label, value) => ({ value: value as number | null, label })),
    { value: null, label: w.noOpinion },
  ];
  return (
    <div class="stack" role="group" aria-describedby={fault ? `${id}-fault` : undefined}>
      {options.map((option, place) => (
        <fieldset class="scale levels" key={option}>
          <legend>{option}</legend>
          <Scale
            name={`${id}-${place}`}
            steps={steps}
            value={values[place] ?? (values[place] === null ? null : UNSAID)}
            onValue={(value) => onChoice(withValue(values, place, value))}
          />
        </fieldset>
      ))}
      <Fault id={id} fault={fault} />
    </div>
  );
}

interface ScaleProps<Value> {
  name: string;
  steps: readonly { value: Value; label: string }[];
  value: Value;
  onValue: (value: Value) => void;
}

/** Steps side by side, each as large as a finger. */
function Scale<Value extends number | null>({ name, steps, value, onValue }: ScaleProps<Value>) {
  return (
    <div class="steps">
      {steps.map((step) => (
        <label class="step" key={step.label}>
          <input type="radio" name={name} checked={value === step.value} onChange={() => onValue(step.value)} />
          <span>{step.label}</span>
        </label>
      ))}
    </div>
  );
}

function Fault({ id, fault }: { id: string; fault: string | null }) {
  return fault ? (
    <p class="fault" id={`${id}-fault`} role="alert">
      {fault}
    </p>
  ) : null;
}
