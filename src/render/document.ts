/** What a template says, as a tree: text stays text until a renderer escapes it for its own target. */
export interface Document {
  readonly locale: string;
  readonly children: readonly Block[];
  /** Beside the words, which say as much: after the main part, before what is for the thread. */
  readonly pictures?: readonly Picture[];
}

/** A chart in one language. */
export interface Picture {
  /** `burn-up`: for the name of its file. */
  readonly name: string;
  readonly title: string;
  /** What is in it, for those who do not see it and where it cannot be shown. */
  readonly alt: string;
  /** Of our own making: as it is, it can stand in a page. */
  readonly svg: string;
}

export type Align = 'left' | 'center' | 'right';
export type Cell = readonly Inline[];

export interface Heading {
  readonly type: 'heading';
  readonly level: 1 | 2 | 3;
  readonly children: readonly Inline[];
}
export interface Paragraph {
  readonly type: 'paragraph';
  readonly children: readonly Inline[];
}
export interface List {
  readonly type: 'list';
  readonly ordered: boolean;
  /** Number of the first item of an ordered list, 1 when absent. */
  readonly start?: number;
  readonly items: readonly (readonly Block[])[];
}
export interface Table {
  readonly type: 'table';
  readonly header: readonly Cell[];
  readonly rows: readonly (readonly Cell[])[];
  /** By column; left where absent. */
  readonly align?: readonly (Align | null)[];
}
export interface Quote {
  readonly type: 'quote';
  readonly children: readonly Block[];
}
export interface Code {
  readonly type: 'code';
  readonly text: string;
}
export interface Rule {
  readonly type: 'rule';
}
/** `:::note` … `:::` (small print), `:::thread` … `:::` (only in the thread on Slack). */
export interface Section {
  readonly type: 'section';
  readonly name: 'note' | 'thread';
  readonly children: readonly Block[];
}
export type Block = Heading | Paragraph | List | Table | Quote | Code | Rule | Section;

export type Inline =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'strong' | 'emphasis' | 'strike'; readonly children: readonly Inline[] }
  | { readonly type: 'code'; readonly text: string }
  | { readonly type: 'link'; readonly url: string; readonly children: readonly Inline[] }
  | { readonly type: 'break' };
