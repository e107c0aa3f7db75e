import type { FieldType } from "./types";

/** Why a file, a value or a wish is refused; told in words by `told.ts`. */
export type PaperFault =
  | { kind: "unreadable"; where: string } // no file of this format; which member
  | { kind: "noSchema" } // a schema without a name of one line, without fields, or with one twice
  | { kind: "unknownField"; field: string }
  | { kind: "missingValue"; field: string }
  | { kind: "wrongValue"; field: string; value: string; type: FieldType }
  | { kind: "fieldTwice"; field: string }
  | { kind: "notSealed" } // what it says is not what was sealed
  | { kind: "notInBatch"; number: number; count: number }
  | { kind: "tooDeep" }
  | { kind: "otherTown" }
  | { kind: "otherRoot" } // a batch whose papers have another root than the one it states
  | { kind: "saltTwice"; place: number }
  | { kind: "wrongTimes"; place: number }
  | { kind: "noPaper" }
  | { kind: "tooLarge"; most_bytes: number }
  | { kind: "wrongLine"; line: number; reason: PaperFault }
  | { kind: "noColumn"; column: string }
  | { kind: "unknownColumn"; column: string }
  | { kind: "wrongCells" }
  | { kind: "wrongAccount"; value: string }
  | { kind: "wrongDay"; value: string }
  | { kind: "wrongCopies"; value: string }
  | { kind: "wrongKey"; account: string } // somebody else's paper
  | { kind: "notOfLots" }
  | { kind: "noLotEvent"; number: number; field: string }
  | { kind: "noLabel" };

export class PaperError extends Error {
  override name = "PaperError";
  constructor(readonly fault: PaperFault) {
    super(JSON.stringify(fault));
  }
}
