import type { Poster, PostResult } from '../slack/post.ts';

/** What a message tells of: who may read it depends on that. */
export interface About {
  readonly report: string | null;
  /** A project, or what else the report is about. */
  readonly subject: string | null;
}

/** A poster that has to be told what its messages tell of. */
export interface GuardedPoster extends Omit<Poster, 'post' | 'update'> {
  post(post: Parameters<Poster['post']>[0] & { readonly about: About }): Promise<PostResult>;
  update(edit: Parameters<Poster['update']>[0] & { readonly about: About }): Promise<PostResult>;
}
