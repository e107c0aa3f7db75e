/** What the library hands to wallets of the field, read by a library of the field. */
import { secp256k1 } from "@noble/curves/secp256k1.js";
import { SDJwtInstance } from "@sd-jwt/core";
import { getListFromStatusListJWT } from "@sd-jwt/jwt-status-list";
import { describe, expect, it } from "vitest";
import file from "../../../tests/vectors/sd-jwt-ours.json?raw";
import { ofBase64url } from "../../src/records/paper/packed";
import { concat } from "../../src/vote/ballot/bytes";

interface Jwk {
  x: string;
  y: string;
}
const OURS = JSON.parse(file) as {
  now: number;
  issuer: Jwk;
  holder: Jwk;
  audience: string;
  nonce: string;
  token: string;
  hidden: string;
  presented: string;
  status: string;
  revoked: number[];
};

const keyOf = ({ x, y }: Jwk): Uint8Array => concat(new Uint8Array([4]), ofBase64url(x), ofBase64url(y));
const hasSigned = (key: Jwk, data: string, signature: string): boolean =>
  secp256k1.verify(ofBase64url(signature), new TextEncoder().encode(data), keyOf(key), { lowS: false });

/** An employer's, who knows the university's key. */
const employer = new SDJwtInstance({
  hashAlg: "sha-256",
  hasher: async (data) => {
    const bytes = typeof data === "string" ? new TextEncoder().encode(data) : new Uint8Array(data);
    return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  },
  verifier: (data, signature) => hasSigned(OURS.issuer, data, signature),
  kbVerifier: (data, signature, payload) => hasSigned((payload["cnf"] as { jwk: Jwk }).jwk, data, signature),
});
const verified = async (token: string, more = {}): Promise<Record<string, unknown>> => {
  const { payload } = await employer.verify(token, { currentDate: OURS.now, ...more });
  return payload as Record<string, unknown>;
};

describe("a paper as an SD-JWT VC", () => {
  it("is verified whole by @sd-jwt/core", async () => {
    expect(await verified(OURS.token)).toMatchObject({
      name: "Alice Martin",
      born: "2000-02-29",
      degree: "Licence de droit",
      grade: "17",
    });
  });

  it("tells one field where one is shown", async () => {
    const said = await verified(OURS.hidden);
    expect(said["degree"]).toBe("Licence de droit");
    expect(Object.keys(said)).not.toContain("name");
  });

  it("is bound to its holder for one verifier, by her nonce", async () => {
    const { kb } = await employer.verify(OURS.presented, { currentDate: OURS.now, keyBindingNonce: OURS.nonce });
    expect(kb?.payload).toMatchObject({ aud: OURS.audience, nonce: OURS.nonce });
    await expect(verified(OURS.presented, { keyBindingNonce: "another" })).rejects.toThrow(/nonce/i);
    await expect(verified(OURS.hidden, { keyBindingNonce: OURS.nonce })).rejects.toThrow(/key binding/i);
  });

  it("is refused once a field was changed, or another signed", async () => {
    const [head = "", name = "", ...rest] = OURS.token.split("~");
    const forged = btoa('["EdRwxwGQBkErFtPyI35a5g","name","Bob Martin"]').replaceAll("=", "");
    expect(name).not.toBe(forged);
    const said = await verified([head, forged, ...rest].join("~")).catch(() => ({}));
    expect(said).not.toHaveProperty("name", "Bob Martin");
    const stranger = new SDJwtInstance({
      hashAlg: "sha-256",
      hasher: async (data) =>
        new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(String(data)))),
      verifier: (data, signature) => hasSigned(OURS.holder, data, signature),
    });
    await expect(stranger.verify(OURS.token, { currentDate: OURS.now })).rejects.toThrow(/signature/i);
  });

  it("has a status list that tells the revoked, and no other", () => {
    const list = getListFromStatusListJWT(OURS.status);
    const revoked = Array.from({ length: list.statusList.length }, (_, at) => at).filter(
      (at) => list.getStatus(at) === 1,
    );
    expect(revoked).toEqual(OURS.revoked);
  });
});
