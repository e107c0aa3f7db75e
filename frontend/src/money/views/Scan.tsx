import type QrScanner from "qr-scanner";
import { useEffect, useRef, useState } from "preact/hooks";
import { readScan } from "../request";
import { Button } from "../../parts/Button";
import { TextField } from "../../parts/Field";
import { FileField } from "../../parts/FileField";
import { Notice } from "../../parts/Notice";
import { Page } from "../../parts/Page";
import { go } from "../../router";
import "../../style/money.css";
import { currencyAt } from "../../town/currency";
import { pageOf } from "../pages";
import { money } from "../words/money";

const scanner = async (): Promise<typeof QrScanner> => (await import("qr-scanner")).default;

export default function Scan() {
  const w = money().scan;
  const [fault, setFault] = useState<string | null>(null);
  const [text, setText] = useState("");

  const open = (scanned: string): boolean => {
    try {
      const found = readScan(scanned);
      if ("address" in found) go(pageOf("/pay"), { to: found.address });
      else go(pageOf("/pay/request", currencyAt(found.request.currency)), { uri: scanned.trim() });
      return true;
    } catch {
      // A request that was changed is told by its own view; anything else is not for us.
      if (scanned.trim().startsWith("ethereum:")) go(pageOf("/pay/request"), { uri: scanned.trim() });
      else setFault(money().request.unreadable);
      return false;
    }
  };

  const fromPhoto = async (file: File): Promise<void> => {
    setFault(null);
    try {
      const { data } = await (await scanner()).scanImage(file, { returnDetailedScanResult: true });
      open(data);
    } catch {
      setFault(w.notFound);
    }
  };

  return (
    <Page title={w.title} lead={w.lead}>
      <Camera onCode={open} />
      {fault && (
        <Notice tone="bad">
          <p>{fault}</p>
        </Notice>
      )}
      <FileField label={w.photo} accept="image/*" capture="environment" onFile={(file) => void fromPhoto(file)} />
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          open(text);
        }}
      >
        <TextField label={w.paste} value={text} onValue={setText} multiline />
        <Button type="submit" look="secondary">
          {w.read}
        </Button>
      </form>
    </Page>
  );
}

function Camera({ onCode }: { onCode: (code: string) => boolean }) {
  const w = money().scan;
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
