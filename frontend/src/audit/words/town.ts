import { words } from "../../words";
import { town as en } from "./en/town";
import { town as fr } from "./fr/town";

export const town = words(fr, en);
