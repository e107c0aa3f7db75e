import { PaperError } from "./paper/faults";

/** What a file says. @throws PaperError where it is larger than what is read here can be */
export async function textOf(file: File, most_bytes: number): Promise<string> {
  if (file.size > most_bytes) throw new PaperError({ kind: "tooLarge", most_bytes });
  return file.text();
}
