import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Clock } from '../lib/clock.ts';
import { classifyFailure } from './failure.ts';

/** A picture as Slack takes it. */
export interface PictureFile {
  /** `burn-up.png` */
  readonly filename: string;
  readonly title: string;
  readonly alt: string;
  readonly bytes: Uint8Array;
}

export type UploadResult =
  /** Slack has it; nobody sees it before a message shows it. */
  | { readonly kind: 'uploaded'; readonly file: string }
  /** To be tried again: a file that nobody heard of afterwards is seen by nobody. */
  | { readonly kind: 'retry'; readonly afterMs: number; readonly reason: string }
  | { readonly kind: 'rejected'; readonly reason: string; readonly todo: string | null };

export type FileState =
  | { readonly kind: 'ready' }
  | { readonly kind: 'retry'; readonly afterMs: number; readonly reason: string }
  | { readonly kind: 'rejected'; readonly reason: string; readonly todo: string | null };

export interface Uploads {
  /** To the workspace of a channel. */
  upload(picture: PictureFile, channel: string): Promise<UploadResult>;
  /** Waits until a message can show the file: Slack works on it after it has taken it (slack-platform.md, Files). */
  awaitFile(file: string, channel: string): Promise<FileState>;
}

/** When nobody knows what became of a request. */
const againMs = 5_000;
/** Between looks: a file is there within seconds, or something is wrong. */
const looks = [0, 1_000, 2_000, 4_000];
/** Longer ones are refused. */
const mostAltCharacters = 1_000;

const completed = z.object({
  files: z.array(z.object({ files: z.array(z.object({ id: z.string().min(1) })).min(1) })).min(1),
});
const info = z.object({ file: z.object({ mimetype: z.string().optional() }) });

export function createUploads(clientOf: (channel: string) => Promise<WebClient>, clock: Clock): Uploads {
  return {
    async upload({ filename, title, alt, bytes }, channel) {
      try {
        const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
        const altText = Array.from(alt).slice(0, mostAltCharacters).join('');
        const answer = completed.safeParse(
          await (await clientOf(channel)).filesUploadV2({ file, filename, title, alt_text: altText }),
        );
        const id = answer.data?.files[0]?.files[0]?.id;
        return id === undefined
          ? { kind: 'retry', afterMs: againMs, reason: 'the answer names no file' }
          : { kind: 'uploaded', file: id };
      } catch (error) {
        return failed(error);
      }
    },
    async awaitFile(file, channel) {
      for (const waitMs of looks) {
        if (waitMs > 0) await clock.sleep(waitMs);
        try {
          const answer = info.safeParse(await (await clientOf(channel)).files.info({ file }));
          // Until it is worked on, the file has no type.
          if (answer.data?.file.mimetype) return { kind: 'ready' };
        } catch (error) {
          return failed(error);
        }
      }
      return { kind: 'retry', afterMs: againMs, reason: 'Slack has not made the picture ready' };
    },
  };
}

function failed(error: unknown): Exclude<UploadResult, { kind: 'uploaded' }> {
  const failure = classifyFailure(error);
  if (failure.kind === 'rejected') return failure;
  return { kind: 'retry', afterMs: failure.kind === 'retry' ? failure.afterMs : againMs, reason: failure.reason };
}
