import { words } from "../../words";
import type { checks as fr } from "./fr/checks";

export const checks = words(import.meta.glob<typeof fr>("./*/checks.ts", { eager: true, import: "checks" }));
