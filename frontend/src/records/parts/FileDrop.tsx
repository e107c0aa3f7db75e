import { useState } from "preact/hooks";
import { FileField } from "../../parts/FileField";
import { Notice } from "../../parts/Notice";
import "../../style/records.css";
import { textOf } from "../file";
import { refusalTold } from "../told";

/** A paper is some thousands of bytes, and those that it rests on. */
const MOST_BYTES = 2 ** 20;

/** A file that is chosen, or dropped. */
export function FileDrop({ label, hint, onText }: { label: string; hint: string; onText: (text: string) => void }) {
  const [isOver, setOver] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const read = async (file: File | undefined): Promise<void> => {
    setFault(null);
    if (!file) return;
    try {
      onText(await textOf(file, MOST_BYTES));
    } catch (error) {
      setFault(refusalTold(error));
    }
  };
  return (
    <>
      <div
        class={isOver ? "drop over" : "drop"}
        role="group"
        aria-label={hint}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void read(event.dataTransfer?.files[0]);
        }}
      >
        <FileField label={label} accept=".json,.paper,application/json" onFile={(file) => void read(file)} />
        <span class="hint">{hint}</span>
      </div>
      {fault && (
        <Notice tone="bad">
          <p>{fault}</p>
        </Notice>
      )}
    </>
  );
}
