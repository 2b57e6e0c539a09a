import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';

const algorithm = 'aes-256-gcm';
const version = 'v1';
const tagBytes = 16;
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
      const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return [version, nonce, cipher.getAuthTag(), body]
        .map((part) => (typeof part === 'string' ? part : part.toString('base64url')))
        .join('.');
    },
    open(sealed) {
      const [name, ...written] = sealed.split('.');
      const [nonce, tag, body, ...more] = written.map(exactBytes);
      if (name !== version || !nonce || !tag || !body || more.length > 0) return null;
      try {
        const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
        decipher.setAuthTag(tag);
        return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
      } catch {
        return null;
      }
    },
  };
}

/** Null where other letters would give the same bytes: what was changed is then told apart from what was closed. */
function exactBytes(written: string): Buffer | null {
  const bytes = Buffer.from(written, 'base64url');
  return bytes.toString('base64url') === written ? bytes : null;
}
