import "../../style/energy.css";

/** A time with what was read in all, and how much of it was shared. */
export interface Bar {
  name: string;
  whole: number;
  part: number;
}

const WIDTH = 420;
const HEIGHT = 160;
const FLOOR = HEIGHT - 2;
const GAP = 0.18;

const boxOf = (x: number, width: number, height: number): string =>
  `M${x.toFixed(2)} ${FLOOR}v${(-height).toFixed(2)}h${width.toFixed(2)}v${height.toFixed(2)}z`;

/** Bars over time: the whole, and the shared part of it from the floor up. A table beside it says the same. */
export function DayBars({ label, bars, legend }: { label: string; bars: readonly Bar[]; legend: [string, string] }) {
  const most = Math.max(...bars.map(({ whole }) => whole), 0);
  if (most === 0) return null;
  const step = WIDTH / bars.length;
  const boxes = (of: (bar: Bar) => number): string =>
    bars
      .map((bar, place) => boxOf(place * step + (step * GAP) / 2, step * (1 - GAP), (FLOOR * of(bar)) / most))
      .join("");
  return (
    <figure class="day-bars">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
        <path class="bar-whole" d={boxes(({ whole }) => whole)} />
        <path class="bar-part" d={boxes(({ part, whole }) => Math.min(part, whole))} />
        <line class="bar-floor" x1={0} x2={WIDTH} y1={FLOOR} y2={FLOOR} />
      </svg>
      <figcaption>
        <span>{bars[0]?.name}</span>
        <span class="bar-legend">
          <span class="swatch whole" aria-hidden="true" /> {legend[0]} <span class="swatch part" aria-hidden="true" />{" "}
          {legend[1]}
        </span>
        <span>{bars.at(-1)?.name}</span>
      </figcaption>
    </figure>
  );
}
