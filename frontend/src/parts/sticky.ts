import { useRef } from "preact/hooks";

/** True from the first time on: what one has acted in stays on the screen until one leaves, to say that it is done. */
export function useSticky(isTrue: boolean): boolean {
  const was = useRef(false);
  was.current ||= isTrue;
  return was.current;
}
