import { words } from ".";
import type { core as fr } from "./fr/core";

export const core = words(import.meta.glob<typeof fr>("./*/core.ts", { eager: true, import: "core" }));
