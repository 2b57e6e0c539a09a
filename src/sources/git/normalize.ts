import type { SourceRecord } from '../../core/model/record.ts';
import { keysIn } from '../reading/keys-in.ts';
import { parseInstant } from '../../core/time/instant.ts';

type SetAside = Extract<SourceRecord, { kind: 'set-aside' }>;

/** A line of the commit list, or what is wrong with it. */
export function commitRecord(line: string, service: string): SourceRecord {
  const [sha = '', parents = '', authored = '', committed = '', ...subject] = line.split('\t');
  const authoredAt = parseInstant(authored);
  const committedAt = parseInstant(committed);
  if (sha === '' || authoredAt === null || committedAt === null)
    return setAside(
      'commit',
      sha,
      'sha, parents, authored, committed and subject, with times such as 2026-11-24T08:30:00Z',
      line,
    );
  const text = subject.join('\t');
  return {
    kind: 'commit',
    service,
    commit: {
      sha,
      parents: parents.split(' ').filter((parent) => parent !== ''),
      authoredAt,
      committedAt,
      subject: text,
      keys: keysIn(text),
    },
  };
}

/** A line of the tag list as a release, or what is wrong with it. A tag says nothing of why it was made: it was planned. */
export function releaseRecord(line: string, service: string): SourceRecord {
  const [name = '', object = '', commit = '', at = ''] = line.split('\t');
  const finishedAt = parseInstant(at);
  if (name === '' || object === '' || finishedAt === null)
    return setAside('deployment', name, 'name, object, commit and time of a tag', line);
  return {
    kind: 'deployment',
    deployment: {
      id: name,
      service,
      finishedAt,
      isSuccessful: true,
      isPlanned: true,
      remediates: null,
      sha: commit === '' ? object : commit,
      version: name,
    },
  };
}

function setAside(entity: SetAside['entity'], ref: string, expected: string, found: string): SetAside {
  return {
    kind: 'set-aside',
    scope: null,
    entity,
    ref: ref || '(no name)',
    reason: `expected ${expected}, separated by tabs, found ${JSON.stringify(found.slice(0, 80))}`,
  };
}
