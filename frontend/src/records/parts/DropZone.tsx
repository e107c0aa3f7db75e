import { useState } from "preact/hooks";
import { FileField } from "../../parts/FileField";
import "../../style/records.css";

/** A file that is chosen, or dropped. */
export function DropZone({
  label,
  hint,
  accept,
  onFile,
}: {
  label: string;
  hint: string;
  accept: string;
  onFile: (file: File) => void;
}) {
  const [isOver, setOver] = useState(false);
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
        const file = event.dataTransfer?.files[0];
        if (file) onFile(file);
      }}
    >
      <FileField label={label} accept={accept} onFile={onFile} />
      <span class="hint">{hint}</span>
    </div>
  );
}
