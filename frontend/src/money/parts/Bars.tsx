/** A bar: what it is, how long, and its value in words. */
export interface Bar {
  name: string;
  value: number;
  text: string;
}

const HEIGHT = 100;
const STEP = 12;

/** Upright bars, read as a sentence by screen readers; the page gives the same figures as a table. */
export function Bars({ title, bars }: { title: string; bars: readonly Bar[] }) {
  const most = Math.max(1, ...bars.map((bar) => bar.value));
  const width = Math.max(8, bars.length) * STEP;
  const label = `${title}. ${bars.map((bar) => `${bar.name} : ${bar.text}`).join(" ; ")}`;
  return (
    <svg class="bars" viewBox={`0 0 ${width} ${HEIGHT + 1}`} role="img" aria-label={label} preserveAspectRatio="none">
      {bars.map((bar, place) => {
        const height = Math.max(bar.value > 0 ? 1 : 0, (bar.value / most) * HEIGHT);
        return (
          <rect key={bar.name} x={place * STEP + 2} y={HEIGHT - height} width={STEP - 4} height={height}>
            <title>{`${bar.name} : ${bar.text}`}</title>
          </rect>
        );
      })}
      <line class="bars-ground" x1="0" x2={width} y1={HEIGHT + 0.5} y2={HEIGHT + 0.5} />
    </svg>
  );
}
