import { words } from "../words";
import { refusals as en } from "./words/en/refusals";
import { refusals as fr } from "./words/fr/refusals";
import { type Refusals, tellRefusals } from "../words/refusals";

tellRefusals(words<Refusals>(fr, en));
