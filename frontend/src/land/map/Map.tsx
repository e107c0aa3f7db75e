import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { go, link } from "../../router";
import { formatNumber } from "../../words/format";
import { land } from "../words/land";
import { nameOf } from "../parcel";
import type { TitleState } from "../rights";
import { type Direction, type Frame, type Ground, type Plot, around, findPlots, neighbour, zoomed } from "./ground";
import { usePointers } from "./pointers";

export type States = ReadonlyMap<bigint, TitleState>;

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
};
const STEP = 1.6;

/**
 * The parcels of the commune. It is one stop of the Tab key: arrows then go from parcel to parcel, Enter opens one,
 * plus and
 * minus zoom. The shapes are drawn once; moving about changes the view box alone.
 */
export function ParcelMap({ ground, states, chosen }: { ground: Ground; states: States; chosen: string | null }) {
  const w = land().map;
  const svg = useRef<SVGSVGElement>(null);
  const halo = useRef<SVGPathElement>(null);
  const start = ground.plots.find(({ id }) => id === chosen);
  const frame = useRef<Frame>({ x: 0, y: 0, width: ground.width, height: ground.height });
  const show = useCallback(
    (next: Frame): void => {
      frame.current = next;
      svg.current?.setAttribute("viewBox", boxOf(next));
      svg.current?.classList.toggle("near", next.width < ground.width * 0.99);
    },
    [ground],
  );
  useEffect(() => show(start ? around(ground, start) : whole(ground)), [ground, start, show]);
  usePointers(svg, ground, frame, show);
  const zoom = (factor: number): void => {
    const { x, y, width, height } = frame.current;
    show(zoomed(ground, frame.current, factor, x + width / 2, y + height / 2));
  };
  const first = start?.id ?? ground.plots[0]?.id ?? null;
  const drawing = useMemo(
    () => <Plots plots={ground.plots} states={states} chosen={first} />,
    [ground, states, first, w],
  );
  return (
    // Browsers let the Tab key stop at an SVG that listens for focus: the box around it listens instead.
    <div
      class="map"
      onFocusIn={(event) => halo.current?.setAttribute("d", outlineOf(event.target))}
      onFocusOut={() => halo.current?.setAttribute("d", "")}
    >
      <svg
        ref={svg}
        viewBox={boxOf(frame.current)}
        style={{ aspectRatio: `${ground.width} / ${ground.height}` }}
        role="group"
        aria-label={w.label}
        onClick={(event) => open(idOf(event.target))}
        onKeyDown={(event) => onKey(event, ground, frame, show, zoom)}
      >
        {drawing}
        {start && <path class="marked" d={start.path} />}
        <path ref={halo} class="halo" />
      </svg>
      <div class="map-tools">
        <button type="button" class="map-tool" aria-label={w.nearer} onClick={() => zoom(STEP)}>
          +
        </button>
        <button type="button" class="map-tool" aria-label={w.farther} onClick={() => zoom(1 / STEP)}>
          −
        </button>
        <button type="button" class="map-tool" aria-label={w.all} onClick={() => show(whole(ground))}>
          ⤢
        </button>
      </div>
    </div>
  );
}

const whole = ({ width, height }: Ground): Frame => ({ x: 0, y: 0, width, height });
const boxOf = ({ x, y, width, height }: Frame): string => [x, y, width, height].map((it) => it.toFixed(2)).join(" ");
/** Drawn above its neighbours, or they would cover half of it. */
const outlineOf = (target: EventTarget | null): string => {
  const shape = target as Element | null;
  return shape?.matches(":focus-visible") ? (shape.getAttribute("d") ?? "") : "";
};
const idOf = (target: EventTarget | null): string | null => (target as Element | null)?.getAttribute("data-id") ?? null;

function open(id: string | null): void {
  if (id) go(`/land/parcel/${id}`);
}

function onKey(
  event: KeyboardEvent,
  ground: Ground,
  frame: { current: Frame },
  show: (frame: Frame) => void,
  zoom: (factor: number) => void,
): void {
  const shape = event.target as SVGElement;
  const plot = ground.plots.find(({ id }) => id === idOf(shape));
  const direction = ARROWS[event.key];
  if (event.key === "+" || event.key === "=") zoom(STEP);
  else if (event.key === "-") zoom(1 / STEP);
  else if (event.key === "Enter" && plot) open(plot.id);
  else if (direction && plot) step(shape, neighbour(ground.plots, plot, direction), ground, frame, show);
  else return;
  event.preventDefault();
}

/** Moves the focus to a parcel, and the frame where it would not be seen. */
function step(
  from: SVGElement,
  to: Plot | null,
  ground: Ground,
  frame: { current: Frame },
  show: (frame: Frame) => void,
): void {
  const shape = to && from.parentElement?.querySelector<SVGElement>(`[data-id="${to.id}"]`);
  if (!to || !shape) return;
  from.setAttribute("tabindex", "-1");
  shape.setAttribute("tabindex", "0");
  shape.focus({ preventScroll: true });
  const { x, y, width, height } = frame.current;
  const isSeen = to.x > x && to.x < x + width && to.y > y && to.y < y + height;
  if (!isSeen) show(zoomed(ground, { x: to.x - width / 2, y: to.y - height / 2, width, height }, 1, to.x, to.y));
}

const SLICE = 250;
const PACE_MS = 16;

interface Drawing {
  plots: readonly Plot[];
  states: States;
  chosen: string | null;
}

/**
 * Every parcel, a path each, that is a link by its role. A large commune is drawn by slices: the page answers
 * meanwhile.
 */
function Plots({ plots, states, chosen }: Drawing) {
  const slices = useMemo(
    () =>
      Array.from({ length: Math.ceil(plots.length / SLICE) }, (_, place) =>
        plots.slice(place * SLICE, (place + 1) * SLICE),
      ),
    [plots],
  );
  return (
    <g class="plots">
      {slices.map((slice, place) => (
        <Slice key={place} plots={slice} states={states} chosen={chosen} place={place} />
      ))}
    </g>
  );
}

/** What is told, taken up when one's turn comes: the first at once, the others after those whose place is before. */
function useInTurn<T>(told: T, place: number): T | null {
  const [taken, take] = useState<T | null>(() => (place === 0 ? told : null));
  useEffect(() => {
    const timer = setTimeout(() => take(() => told), place * PACE_MS);
    return () => clearTimeout(timer);
  }, [told, place]);
  return taken;
}

function Slice({ plots, states, chosen, place }: Drawing & { place: number }) {
  const words = land();
  const told = useMemo(() => ({ states, words, chosen }), [states, words, chosen]);
  const taken = useInTurn(told, place);
  return useMemo(() => taken && <Paths plots={plots} {...taken} />, [plots, taken]);
}

function Paths({ plots, states, words: w, chosen }: Drawing & { words: ReturnType<typeof land> }) {
  return (
    <>
      {plots.map(({ id, token, path, area_m2 }) => {
        const state = states.get(token) ?? "unregistered";
        return (
          <path
            key={id}
            d={path}
            data-id={id}
            class={`plot ${state}`}
            role="link"
            tabindex={id === chosen ? 0 : -1}
            aria-label={w.map.parcel(nameOf(id), formatNumber(area_m2), w.states[state])}
          />
        );
      })}
    </>
  );
}

/** What the colours mean, as far as the map shows them. */
export function Legend({ ground, states }: { ground: Ground; states: States }) {
  const found = new Set(ground.plots.map(({ token }) => states.get(token) ?? "unregistered"));
  const w = land().states;
  const order = ["free", "sale", "barred", "frozen", "retired", "unregistered"] as const;
  return (
    <ul class="legend">
      {order
        .filter((state) => found.has(state))
        .map((state) => (
          <li key={state}>
            <span class={`swatch ${state}`} aria-hidden="true" /> {w[state]}
          </li>
        ))}
    </ul>
  );
}

/** Finds parcels by what people type, at most a handful. */
export function Search({ ground }: { ground: Ground }) {
  const w = land().map;
  const [typed, setTyped] = useState("");
  const found = useMemo(() => findPlots(ground, typed), [ground, typed]);
  return (
    <form
      class="parcel-search"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        open(found[0]?.id ?? null);
      }}
    >
      <label for="parcel-search">{w.search}</label>
      <p class="hint" id="parcel-search-hint">
        {w.searchHint}
      </p>
      <input
        id="parcel-search"
        type="search"
        autocomplete="off"
        autocapitalize="characters"
        spellcheck={false}
        aria-describedby="parcel-search-hint"
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
      <div role="status">
        {typed !== "" && found.length === 0 && <p>{w.notFound}</p>}
        {typed !== "" && found.length > 0 && (
          <ul class="found">
            {found.map((plot) => (
              <li key={plot.id}>
                <a href={link(`/land/parcel/${plot.id}`)}>
                  <strong>{nameOf(plot.id)}</strong> {formatNumber(plot.area_m2)} m²
                </a>
              </li>
            ))}
          </ul>
        )}
      </div>
    </form>
  );
}
