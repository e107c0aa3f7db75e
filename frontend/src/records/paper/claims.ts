/** The salted claims of a paper, in a tree of places with the schema's hash before them. */
import { type Bytes, type Hex, concat, fromHex, keccak, toHex, utf8, word } from "../../vote/ballot/bytes";
import { type Definition, type Values, placeOf, schemaLeaf } from "./definition";
import { hashLeaf, nodesOver, proofOf, standsAt } from "./tree";

const ABSENT: Bytes = new Uint8Array(32);

/** A field that is shown, as files have it. */
export interface Claim {
  name: string;
  /** Null where the paper says that it has none. */
  value: string | null;
  salt: Hex;
  /** Its siblings in the tree of claims. */
  proof: readonly Hex[];
}

/** One tells nothing of another. */
const saltOf = (seed: Uint8Array, place: number): Bytes => keccak(seed, word(place));

export const claimLeaf = ({ salt, name, value }: Pick<Claim, "salt" | "name" | "value">): Bytes =>
  saltedLeaf(fromHex(salt), name, value);

function saltedLeaf(salt: Bytes, name: string, value: string | null): Bytes {
  const said = value === null ? ABSENT : keccak(utf8(value));
  return hashLeaf(concat(salt, nameHash(name), said));
}

/** A batch of thousands has few names. */
const hashed = new Map<string, Bytes>();
const MOST_HASHED = 1000;

function nameHash(name: string): Bytes {
  const known = hashed.get(name);
  if (known) return known;
  const hash = keccak(utf8(name));
  if (hashed.size < MOST_HASHED) hashed.set(name, hash);
  return hash;
}

/** A paper's claims: what only its holder, and whoever seals it, can make. */
export class ClaimTree {
  readonly #definition: Definition;
  readonly #values: Values;
  readonly #seed: Bytes;
  readonly #nodes: readonly Bytes[];

  /** `seed` is 32 bytes, one paper's alone. */
  constructor(definition: Definition, values: Values, seed: Bytes) {
    [this.#definition, this.#values, this.#seed] = [definition, values, seed];
    const leaves = definition.fields.map(({ name }, at) => saltedLeaf(saltOf(seed, at + 1), name, values[at] ?? null));
    this.#nodes = nodesOver([schemaLeaf(definition), ...leaves]);
  }

  get root(): Bytes {
    return this.#nodes[0] as Bytes;
  }

  /** The siblings of the schema's hash. */
  get schemaProof(): Hex[] {
    return proofOf(this.#nodes, 0).map(toHex);
  }

  /** The claims of some fields, to be shown. @throws PaperError where the schema has no such field */
  claims(names: readonly string[]): Claim[] {
    return names.map((name) => {
      const place = placeOf(this.#definition, name);
      const salt = toHex(saltOf(this.#seed, place));
      return { name, value: this.#values[place - 1] ?? null, salt, proof: proofOf(this.#nodes, place).map(toHex) };
    });
  }
}

/** Whether the paper of that root says so. @throws PaperError where the schema has no such field */
export function claimStands(claim: Claim, definition: Definition, claimsRoot: Hex): boolean {
  const size = definition.fields.length + 1;
  const place = placeOf(definition, claim.name);
  return standsAt(fromHex(claimsRoot), size, place, claimLeaf(claim), claim.proof.map(fromHex));
}

/** Whether the claims under a root are those of this schema, to the letter. */
export function isOfSchema(definition: Definition, claimsRoot: Hex, proof: readonly Hex[]): boolean {
  const size = definition.fields.length + 1;
  return standsAt(fromHex(claimsRoot), size, 0, schemaLeaf(definition), proof.map(fromHex));
}
