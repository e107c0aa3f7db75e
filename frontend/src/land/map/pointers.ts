import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";
import { type Frame, type Ground, within, zoomed } from "./ground";

const TAP_PX = 6;

interface Point {
  x: number;
  y: number;
}

/**
 * Drags, pinches and (with Ctrl, so that the page still scrolls) turns the wheel; a drag that ends on a parcel does not
 * open it.
 */
export function usePointers(
  target: RefObject<SVGSVGElement | null>,
  ground: Ground,
  frame: { current: Frame },
  show: (frame: Frame) => void,
): void {
  useEffect(() => {
    const svg = target.current;
    if (!svg) return;
    const fingers = new Map<number, Point>();
    let travelled = 0;
    const unit = (): number => frame.current.width / svg.getBoundingClientRect().width;
    const onSheet = ({ x, y }: Point): Point => {
      const box = svg.getBoundingClientRect();
      return { x: frame.current.x + (x - box.left) * unit(), y: frame.current.y + (y - box.top) * unit() };
    };
    const down = (event: PointerEvent): void => {
      if (fingers.size === 0) travelled = 0;
      fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    };
    const move = (event: PointerEvent): void => {
      const before = fingers.get(event.pointerId);
      if (!before) return;
      const now = { x: event.clientX, y: event.clientY };
      const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
      travelled += Math.hypot(now.x - before.x, now.y - before.y);
      fingers.set(event.pointerId, now);
      if (other) {
        const factor =
          Math.hypot(now.x - other.x, now.y - other.y) / (Math.hypot(before.x - other.x, before.y - other.y) || 1);
        const middle = onSheet({ x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 });
        show(zoomed(ground, frame.current, factor, middle.x, middle.y));
      } else if (isFree(event)) {
        const { x, y } = frame.current;
        show(
          within(ground, { ...frame.current, x: x - (now.x - before.x) * unit(), y: y - (now.y - before.y) * unit() }),
        );
        if (travelled > TAP_PX) svg.setPointerCapture(event.pointerId);
      }
    };
    // One finger scrolls the page as long as the whole commune is in view.
    const isFree = (event: PointerEvent): boolean =>
      event.pointerType === "mouse" || frame.current.width < ground.width * 0.99;
    const up = (event: PointerEvent): void => void fingers.delete(event.pointerId);
    const click = (event: MouseEvent): void => {
      if (travelled > TAP_PX && event.detail > 0) event.stopPropagation();
      travelled = 0;
    };
    const wheel = (event: WheelEvent): void => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const { x, y } = onSheet({ x: event.clientX, y: event.clientY });
      show(zoomed(ground, frame.current, Math.exp(-event.deltaY / 300), x, y));
    };
    svg.addEventListener("pointerdown", down);
    svg.addEventListener("pointermove", move);
    svg.addEventListener("pointerup", up);
    svg.addEventListener("pointercancel", up);
    svg.addEventListener("click", click, { capture: true });
    svg.addEventListener("wheel", wheel, { passive: false });
    return () => {
      svg.removeEventListener("pointerdown", down);
      svg.removeEventListener("pointermove", move);
      svg.removeEventListener("pointerup", up);
      svg.removeEventListener("pointercancel", up);
      svg.removeEventListener("click", click, { capture: true });
      svg.removeEventListener("wheel", wheel);
    };
  }, [target, ground, frame, show]);
}
