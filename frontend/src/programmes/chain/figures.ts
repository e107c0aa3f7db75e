/** A programme's figures as the chain has them. */
import { type Figures, figuresOf } from "../figures";
import type { Programme } from "../terms";
import { bookOf, readTakings } from "./programmes";

export async function readFigures({ name, terms }: Programme): Promise<Figures> {
  const [takings, book] = await Promise.all([readTakings(name), bookOf(name)]);
  return figuresOf(terms, takings, book);
}
