import { createHash } from 'node:crypto';
import type { ImageBlock } from '@slack/types';
import type { Picture } from '../../render/document.ts';
import type { Part } from '../../render/message.ts';
import { truncate } from '../../render/truncate.ts';
import type { Uploads } from '../../slack/upload.ts';
import { findPicture, forgetPicture, savePicture } from '../../store/pictures.ts';
import type { PictureKey } from '../../store/pictures.ts';
import type { JobContext } from '../context.ts';
import { made } from '../making/made.ts';

/** What Slack takes in an image block. */
const mostCharacters = 2_000;

export type Shown =
  /** A message that shows the picture. */
  | { readonly kind: 'shown'; readonly part: Part }
  /** Slack may have it later. */
  | { readonly kind: 'later'; readonly afterMs: number; readonly reason: string }
  /** Slack does not take it: its words have to do. */
  | { readonly kind: 'never'; readonly reason: string; readonly todo: string | null };

/**
 * A message with its picture: uploaded once for all tries, and waited for. An upload that nobody heard of is a file that
 * nobody sees, so it may simply be tried again.
 */
export async function showPicture(
  context: JobContext,
  uploads: Uploads,
  { channel, picture }: { readonly channel: string; readonly picture: Picture },
): Promise<Shown> {
  const { db, clock } = context;
  const key = keyOf(channel, picture);
  let file = await findPicture(db, key);
  if (file === null) {
    const bytes = await made(context, 'png', { svg: picture.svg });
    const { title, alt, name } = picture;
    const result = await uploads.upload({ filename: `${name}.png`, title, alt, bytes }, channel);
    if (result.kind === 'retry') return { ...result, kind: 'later' };
    if (result.kind === 'rejected') return { ...result, kind: 'never' };
    ({ file } = result);
    await savePicture(db, key, file, clock.now());
  }
  const state = await uploads.awaitFile(file, channel);
  if (state.kind === 'retry') return { ...state, kind: 'later' };
  if (state.kind === 'rejected') {
    await forgetPicture(db, key);
    return { ...state, kind: 'never' };
  }
  const { title, alt } = picture;
  const image: ImageBlock = { type: 'image', slack_file: { id: file }, alt_text: truncate(alt, mostCharacters) };
  return { kind: 'shown', part: { text: title, blocks: [image] } };
}

/** Slack has refused the message that shows it: the next try uploads it anew. */
export async function forgetShown({ db }: Pick<JobContext, 'db'>, channel: string, picture: Picture): Promise<void> {
  await forgetPicture(db, keyOf(channel, picture));
}

function keyOf(channel: string, { svg }: Picture): PictureKey {
  return { channel, sha: createHash('sha256').update(svg).digest('hex') };
}
