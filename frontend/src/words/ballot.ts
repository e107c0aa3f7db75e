import { words } from ".";
import { ballot as en } from "./en/ballot";
import { ballot as fr } from "./fr/ballot";

export const ballot = words(fr, en);
