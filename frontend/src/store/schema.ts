import { type GenericSchema, array, custom, pipe, safeParse, string, transform, unknown } from "valibot";
import { type Address, type Hex, isAddress, isHex } from "viem";

/** What a stored value must be, to be taken up again. */
export type Schema<T> = GenericSchema<unknown, T>;

/** By name, what each field of a form must be. */
export type Fields<T> = { readonly [Name in keyof T]-?: Schema<Exclude<T[Name], undefined>> };

export const text: Schema<string> = string();
export const address: Schema<Address> = custom<Address>(
  (value) => typeof value === "string" && isAddress(value, { strict: false }),
);
export const hex: Schema<Hex> = custom<Hex>((value) => isHex(value));

/** A list, without those of its items that are damaged: the others are not lost with them. */
export function listOf<T>(item: Schema<T>): Schema<readonly T[]> {
  const sound = (value: unknown): readonly T[] => {
    const read = safeParse(item, value);
    return read.success ? [read.output] : [];
  };
  return pipe(
    array(unknown()),
    transform((values) => values.flatMap(sound)),
  );
}

/** The fields of a form that holds nothing but texts, by its empty form. */
export function texts<T extends Readonly<Record<string, string>>>(
  empty: T,
): { readonly [Name in keyof T]: Schema<string> } {
  const named = Object.keys(empty).map((name) => [name, text] as const);
  return Object.fromEntries(named) as { readonly [Name in keyof T]: Schema<string> };
}

/** Those of a form's fields that were stored and are sound, each on its own; fields of an older form are left. */
export function soundOf<T>(fields: Fields<T>, stored: Readonly<Record<string, unknown>>): Partial<T> {
  const sound = Object.entries<Schema<unknown>>(fields).flatMap(([name, schema]) => {
    const read = safeParse(schema, stored[name]);
    return read.success ? [[name, read.output] as const] : [];
  });
  return Object.fromEntries(sound) as Partial<T>;
}
