import { words } from "../../words";
import type { keys as fr } from "./fr/keys";

export const keys = words(import.meta.glob<typeof fr>("./*/keys.ts", { eager: true, import: "keys" }));
