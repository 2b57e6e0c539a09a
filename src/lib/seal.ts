import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';

const algorithm = 'aes-256-gcm';
const version = 'v1';
/** The same for every text of one secret: to derive it anew for each costs a tenth of a second. */
const salt = 'vigie seal';

/** Keeps texts so that who has only the database cannot read them, nor change them unseen. */
export interface Seal {
  close(text: string): string;
  /** Null when it was closed with another secret, changed, or is no sealed text. */
  open(sealed: string): string | null;
}

export function createSeal(secret: string): Seal {
  const key = scryptSync(secret, salt, 32);
  return {
    close(text) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv(algorithm, key, nonce);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return [version, nonce, cipher.getAuthTag(), body]
        .map((part) => (typeof part === 'string' ? part : part.toString('base64url')))
        .join('.');
    },
    open(sealed) {
      const [name, nonce, tag, body] = sealed.split('.');
      if (name !== version || nonce === undefined || tag === undefined || body === undefined) return null;
      try {
        const decipher = createDecipheriv(algorithm, key, Buffer.from(nonce, 'base64url'));
        decipher.setAuthTag(Buffer.from(tag, 'base64url'));
        return Buffer.concat([decipher.update(Buffer.from(body, 'base64url')), decipher.final()]).toString('utf8');
      } catch {
        return null;
      }
    },
  };
}
