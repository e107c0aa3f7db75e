import { useId, useState } from "preact/hooks";
import { files } from "../words/files";

interface Props {
  label: string;
  onFile: (file: File | null) => void;
  /** As an input's `accept`. */
  accept?: string;
  fault?: string | null | undefined;
}

/** A file of one's own, chosen in the page's language: a browser's own button speaks the browser's. */
export function FileChoice({ label, onFile, accept, fault }: Props) {
  const id = useId();
  const [name, setName] = useState<string | null>(null);
  const choose = (event: { currentTarget: HTMLInputElement }): void => {
    const file = event.currentTarget.files?.[0] ?? null;
    setName(file?.name ?? null);
    onFile(file);
  };
  return (
    <div class={fault ? "field faulty" : "field"}>
      <label for={id}>{label}</label>
      <span class="file-choice">
        <input
          id={id}
          class="hidden"
          type="file"
          {...(accept ? { accept } : {})}
          {...(fault ? { "aria-invalid": true, "aria-describedby": `${id}-fault` } : {})}
          onChange={choose}
        />
        <label class="button secondary" for={id} aria-hidden="true">
          {files().choose}
        </label>
        <span class="hint file-name">{name ?? files().none}</span>
      </span>
      {fault && (
        <p class="fault" id={`${id}-fault`} role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}
