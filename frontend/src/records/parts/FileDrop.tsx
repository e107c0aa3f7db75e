import { useState } from "preact/hooks";
import { Notice } from "../../parts/Notice";
import { textOf } from "../file";
import { refusalTold } from "../told";
import { DropZone } from "./DropZone";

/** A paper is some thousands of bytes, and those that it rests on. */
const MOST_BYTES = 2 ** 20;

/** A file of text that is chosen, or dropped. */
export function FileDrop({ label, hint, onText }: { label: string; hint: string; onText: (text: string) => void }) {
  const [fault, setFault] = useState<string | null>(null);
  const read = async (file: File): Promise<void> => {
    setFault(null);
    try {
      onText(await textOf(file, MOST_BYTES));
    } catch (error) {
      setFault(refusalTold(error));
    }
  };
  return (
    <>
      <DropZone label={label} hint={hint} accept=".json,.paper,application/json" onFile={(file) => void read(file)} />
      {fault && (
        <Notice tone="bad">
          <p>{fault}</p>
        </Notice>
      )}
    </>
  );
}
