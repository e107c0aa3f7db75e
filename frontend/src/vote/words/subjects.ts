import { words } from "../../words";
import type { subjects as fr } from "./fr/subjects";

export const subjects = words(import.meta.glob<typeof fr>("./*/subjects.ts", { eager: true, import: "subjects" }));
