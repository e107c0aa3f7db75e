/** A quantity that keeps its value until it changes. */
export interface Step {
  at_s: number;
  value: bigint;
  /** What is written beside the change. */
  label?: string;
}

interface Props {
  /** What the picture says, for who does not see it. */
  label: string;
  steps: readonly Step[];
  /** The top of the scale. */
  most: bigint;
  /** Until when time is drawn; after the last step, in dots. */
  until_s: number;
  /** What stands under the left and the right end. */
  ends: readonly [left: string, right: string];
}

const WIDTH = 420;
const HEIGHT = 180;
const LEFT = 8;
const RIGHT = 8;
const TOP = 28;
const BOTTOM = 6;
const SCALE = 10_000n;

/** Steps over time, from zero up to `most`. */
export function StepChart({ label, steps, most, until_s, ends }: Props) {
  const first = steps[0];
  const last = steps.at(-1);
  if (!first || !last || most <= 0n) return null;
  const span = Math.max(1, until_s - first.at_s);
  const x = (at_s: number): number => LEFT + ((WIDTH - LEFT - RIGHT) * (at_s - first.at_s)) / span;
  const y = (value: bigint): number =>
    HEIGHT - BOTTOM - ((HEIGHT - TOP - BOTTOM) * Number((value * SCALE) / most)) / Number(SCALE);
  const floor = HEIGHT - BOTTOM;
  const path = steps.slice(1).map(({ at_s, value }) => `H${x(at_s)}V${y(value)}`);
  const line = `M${x(first.at_s)},${y(first.value)}${path.join("")}`;
  return (
    <figure class="curve">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
        <path class="area" d={`${line}H${x(until_s)}V${floor}H${x(first.at_s)}Z`} />
        {[0n, most / 2n, most].map((value) => (
          <line class="rule" key={String(value)} x1={LEFT} x2={WIDTH - RIGHT} y1={y(value)} y2={y(value)} />
        ))}
        <path class="line" d={line} />
        <path class="line future" d={`M${x(last.at_s)},${y(last.value)}H${x(until_s)}`} />
        {steps.slice(1).map(({ at_s, value, label: told }) => (
          <g key={at_s}>
            <circle class="fall" cx={x(at_s)} cy={y(value)} r="6" />
            {told && <Told x={x(at_s)} y={y(value)} text={told} />}
          </g>
        ))}
      </svg>
      <figcaption>
        <span>{ends[0]}</span>
        <span>{ends[1]}</span>
      </figcaption>
    </figure>
  );
}

/** Beside a change, on the side where there is room. */
function Told({ x, y, text }: { x: number; y: number; text: string }) {
  const isLate = x > WIDTH / 2;
  return (
    <text x={isLate ? x - 12 : x + 12} y={y - 12} text-anchor={isLate ? "end" : "start"}>
      {text}
    </text>
  );
}
