import { useId } from "preact/hooks";

/** A file to read, as a button: the browser's own would speak the browser's language. */
export function FileField({
  label,
  accept,
  capture,
  onFile,
}: {
  label: string;
  accept: string;
  /** Whether a phone offers its camera at once. */
  capture?: "environment";
  onFile: (file: File) => void;
}) {
  const id = useId();
  return (
    <div class="file">
      <input
        id={id}
        class="hidden"
        type="file"
        accept={accept}
        capture={capture}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          if (file) onFile(file);
          event.currentTarget.value = ""; // so that the same file can be read again
        }}
      />
      <label class="button secondary" for={id}>
        {label}
      </label>
    </div>
  );
}
