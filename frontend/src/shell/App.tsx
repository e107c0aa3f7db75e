import { useEffect, useErrorBoundary, useMemo, useState } from "preact/hooks";
import { Button } from "../parts/Button";
import { Loading } from "../parts/Loading";
import { Notice } from "../parts/Notice";
import { Page } from "../parts/Page";
import { Shell } from "./Shell";
import { SigningScreen } from "./parts/SigningScreen";
import { path } from "../router";
import { placeAt } from "./places";
import type { View } from "../route";
import { TownError } from "../town/town";
import { core } from "../words/core";

export function App() {
  const at = path.value;
  return (
    <>
      <Shell>
        <Place key={at} at={at} />
      </Shell>
      <SigningScreen />
    </>
  );
}

/** The view of a path, fetched when it is first opened. */
function Place({ at }: { at: string }) {
  const found = useMemo(() => placeAt(at), [at]);
  const [view, setView] = useState<{ View: View } | null>(null);
  const [isBroken, setBroken] = useState(false);
  const [round, setRound] = useState(0);
  const [crash, forgive] = useErrorBoundary((error: unknown) => console.error(error));
  useEffect(() => {
    let isCurrent = true;
    found?.route.load().then(
      (module) => isCurrent && setView({ View: module.default }),
      () => isCurrent && setBroken(true),
    );
    return () => {
      isCurrent = false;
    };
  }, [found, round]);
  const again = (): void => {
    setBroken(false);
    forgive();
    setRound(round + 1);
  };
  if (!found) return <Page title={core().notFound.title} lead={core().notFound.text} />;
  if (isBroken || crash) {
    return (
      <Page title={core().broken.title} lead={core().broken.text}>
        <Button onClick={again}>{core().again}</Button>
      </Page>
    );
  }
  return view ? <view.View parameters={found.parameters} /> : <Loading />;
}

/** The page cannot know its town: why, and a way on. */
export function Homeless({ error, again }: { error: unknown; again: () => void }) {
  const w = core().noTown;
  const fault = error instanceof TownError ? error.fault : "unreadable";
  const detail = error instanceof TownError ? error.detail : String(error);
  return (
    <main class="page homeless">
      <h1>{w.title}</h1>
      <Notice tone="bad">
        <p>{w[fault]}</p>
        <p class="hint">{w.detail(detail)}</p>
      </Notice>
      <Button onClick={again}>{core().again}</Button>
    </main>
  );
}
