import { useRef } from "preact/hooks";

/** True from the first time on that it was: an act's own success must not take its last word off the screen. */
export function useOnce(isSo: boolean): boolean {
  const was = useRef(false);
  was.current ||= isSo;
  return was.current;
}
