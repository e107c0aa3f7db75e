import { words } from "../../words";
import { ballot as en } from "./en/ballot";
import { ballot as fr } from "./fr/ballot";

export const ballot = words(fr, en);
