import { words } from ".";
import type { files as fr } from "./fr/files";

export const files = words(import.meta.glob<typeof fr>("./*/files.ts", { eager: true, import: "files" }));
