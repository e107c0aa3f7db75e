import { DropZone } from "../../records/parts/DropZone";
import { energy } from "../words/energy";

const KINDS = ".gz,.json,application/json,application/gzip";

/** A file that is chosen or dropped, and which one was. */
export function ChosenFile({
  label,
  hint,
  file,
  onFile,
}: {
  label: string;
  hint: string;
  file: File | null;
  onFile: (file: File) => void;
}) {
  return (
    <>
      <DropZone label={label} hint={hint} accept={KINDS} onFile={onFile} />
      {file && <p class="hint">{energy().month.chosen(file.name)}</p>}
    </>
  );
}
