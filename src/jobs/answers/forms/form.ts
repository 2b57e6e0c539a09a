import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import type { Submission, Submitted } from '../../../slack/answers.ts';
import type { JobContext } from '../../context.ts';
import { label, plain } from '../../controls/labels.ts';

/** What was entered wrongly, by the id of its block, in words. */
export type Mistakes = Readonly<Record<string, string>>;

/** What a form does once it is filled in. */
export interface Form {
  /** Mistakes that show without asking anybody; nothing of a project may be told here. */
  readonly check: (context: JobContext, submission: Submission) => Mistakes;
  /** With what was entered rightly, and a config of what the person may see. */
  readonly take: (context: JobContext, submission: Submission) => Promise<Submitted>;
}

/** Slack's limit for what a form may carry. */
const longestAbout = 3000;

export interface FormSpec {
  /** `dispute`: names its words (`dispute-title`, `dispute-submit`) and who takes it. */
  readonly name: string;
  /** What it is about, as plain data; the channel is where its outcome is told. */
  readonly about: { readonly channel: string } & Readonly<Record<string, unknown>>;
  readonly blocks: readonly KnownBlock[];
  readonly locale: string;
}

export function formView(context: JobContext, { name, about, blocks, locale }: FormSpec): ModalView {
  const text = JSON.stringify({ ...about, locale });
  if (text.length > longestAbout) throw new Error(`the form ${name} carries ${text.length} characters`);
  return {
    type: 'modal',
    callback_id: `form-${name}`,
    private_metadata: text,
    title: plain(label(context, `${name}-title`, locale)),
    submit: plain(label(context, `${name}-submit`, locale)),
    close: plain(label(context, 'cancel', locale)),
    blocks: [...blocks],
  };
}

/** What the form was about; an empty record when it is not readable. It came over the network. */
export function aboutOf({ about }: Submission): Readonly<Record<string, unknown>> {
  try {
    const value = JSON.parse(about) as unknown;
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** A field with its label; its id names both, and its mistakes. */
export function field(
  context: JobContext,
  {
    id,
    element,
    locale,
    isOptional = false,
  }: {
    readonly id: string;
    readonly element: InputBlock['element'];
    readonly locale: string;
    readonly isOptional?: boolean;
  },
): InputBlock {
  return {
    type: 'input',
    block_id: id,
    label: plain(label(context, id, locale)),
    element: { ...element, action_id: `form-${id}` },
    optional: isOptional,
  };
}

export function textOf({ fields }: Submission, id: string): string {
  const value = fields[id];
  return typeof value === 'string' ? value.trim() : '';
}
