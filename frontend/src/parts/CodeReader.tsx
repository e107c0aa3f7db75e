import type QrScanner from "qr-scanner";
import { useEffect, useRef, useState } from "preact/hooks";
import { camera } from "../words/camera";
import { Button } from "./Button";
import { FileField } from "./FileField";
import { Notice } from "./Notice";

const scanner = async (): Promise<typeof QrScanner> => (await import("qr-scanner")).default;

/** Fetches what reads codes, so that they are read without a network too. */
export async function prepareCodeReader(): Promise<void> {
  const engine = await (await scanner()).createQrEngine();
  if (engine instanceof Worker) engine.terminate();
}

/** Reads codes, by the camera or from photos, until `onCode` says that it has what it needs. */
export function CodeReader({ onCode }: { onCode: (code: string) => boolean }) {
  const w = camera();
  const [isFound, setFound] = useState(true);
  const fromPhoto = async (file: File): Promise<void> => {
    try {
      const { data } = await (await scanner()).scanImage(file, { returnDetailedScanResult: true });
      setFound(true);
      onCode(data);
    } catch {
      setFound(false);
    }
  };
  return (
    <>
      <Camera onCode={onCode} />
      {!isFound && (
        <Notice tone="bad">
          <p>{w.notFound}</p>
        </Notice>
      )}
      <FileField label={w.photo} accept="image/*" capture="environment" onFile={(file) => void fromPhoto(file)} />
    </>
  );
}

function Camera({ onCode }: { onCode: (code: string) => boolean }) {
  const w = camera();
  const video = useRef<HTMLVideoElement>(null);
  const [isBlind, setBlind] = useState(!navigator.mediaDevices);
  const [isOpen, setOpen] = useState(false);
  const latest = useRef(onCode);
  latest.current = onCode;
  // Whoever allowed the camera once is not asked again.
  useEffect(() => {
    navigator.permissions?.query({ name: "camera" as PermissionName }).then(
      ({ state }) => state === "granted" && setOpen(true),
      () => {}, // not every browser tells
    );
  }, []);
  useEffect(() => {
    let reader: QrScanner | null = null;
    let isOver = false;
    const start = async (): Promise<void> => {
      const Scanner = await scanner();
      if (isOver || !video.current) return;
      reader = new Scanner(
        video.current,
        ({ data }) => {
          if (latest.current(data)) reader?.stop();
        },
        { preferredCamera: "environment", maxScansPerSecond: 8, returnDetailedScanResult: true },
      );
      await reader.start();
    };
    if (isOpen && !isBlind) start().catch(() => setBlind(true));
    return () => {
      isOver = true;
      reader?.destroy();
    };
  }, [isOpen, isBlind]);
  if (!isOpen && !isBlind) {
    return (
      <Button wide onClick={() => setOpen(true)}>
        {w.open}
      </Button>
    );
  }
  return isBlind ? (
    <Notice live={false}>
      <p>{w.noCamera}</p>
    </Notice>
  ) : (
    <video ref={video} class="camera" aria-label={w.camera} muted playsInline />
  );
}
