import { useState } from "preact/hooks";
import { FileField } from "../../parts/FileField";
import "../../style/records.css";

/** A file that is chosen, or dropped. */
export function FileDrop({ label, hint, onText }: { label: string; hint: string; onText: (text: string) => void }) {
  const [isOver, setOver] = useState(false);
  const read = (file: File | undefined): void => {
    if (file) void file.text().then(onText);
  };
  return (
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
        read(event.dataTransfer?.files[0]);
      }}
    >
      <FileField label={label} accept=".json,.paper,application/json" onFile={read} />
      <span class="hint">{hint}</span>
    </div>
  );
}
