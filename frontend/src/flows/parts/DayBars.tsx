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

/** Bars over time: the whole, and the shared part of it from the floor up. A table beside it says the same. */
export function DayBars({ label, bars, legend }: { label: string; bars: readonly Bar[]; legend: [string, string] }) {
  const most = Math.max(...bars.map(({ whole }) => whole), 0);
  if (most === 0) return null;
  const step = WIDTH / bars.length;
  const box = (place: number, value: number) => {
    const height = (FLOOR * value) / most;
    return { x: place * step + (step * GAP) / 2, y: FLOOR - height, width: step * (1 - GAP), height };
  };
  return (
    <figure class="day-bars">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
        {bars.map(({ name, whole, part }, place) => (
          <g key={name}>
            <rect class="bar-whole" {...box(place, whole)} />
            <rect class="bar-part" {...box(place, Math.min(part, whole))} />
          </g>
        ))}
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
