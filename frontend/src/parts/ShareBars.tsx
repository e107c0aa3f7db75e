/** One line of a chart: `share` of the whole width, from 0 to 1. */
export interface ShareBar {
  label: string;
  share: number;
  value: string;
  note?: string;
}

const WIDTH = 1_000;
const HEIGHT = 28;

/** Horizontal bars, each under its name: read by the eye, and as a list by a screen reader. */
export function ShareBars({ label, bars }: { label: string; bars: readonly ShareBar[] }) {
  const most = Math.max(...bars.map(({ share }) => share));
  return (
    <ul class="share-bars" aria-label={label}>
      {bars.map(({ label: name, share, value, note }) => (
        <li key={name}>
          <span class="bar-name">{name}</span>
          <span class="bar-value">
            {value} {note && <span class="hint">{note}</span>}
          </span>
          <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
            <rect class="bar-ground" width={WIDTH} height={HEIGHT} />
            <rect
              class={share === most ? "bar-most" : "bar"}
              width={WIDTH * Math.min(1, Math.max(0, share))}
              height={HEIGHT}
            />
          </svg>
        </li>
      ))}
    </ul>
  );
}
