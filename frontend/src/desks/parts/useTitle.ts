import { useRead, type Read } from "../../parts/read";
import { isParcelId, tokenOf } from "../../land/parcel";
import { type Title, readTitle } from "../../land/register";
import { head } from "../../chain/head";

/** The title of a parcel whose id is being typed; null where there is none, or where it is no whole id yet. */
export function useTitle(typed: string): Read<Title | null> {
  const id = typed.trim().toUpperCase();
  const token = isParcelId(id) ? tokenOf(id) : null;
  const read = useRead(async () => (token === null ? null : readTitle(token, head.peek()?.timestamp_s ?? 0)), [token]);
  // What was read of another parcel is not shown beside this one.
  return read.value && read.value.token !== token ? { ...read, value: undefined } : read;
}
