import type { ItemLink, LinkKind } from '../../core/model/work-item.ts';
import { ownValue } from '../reading/values.ts';
import { textOf } from '../reading/text-of.ts';
import { keyOf } from './settings.ts';

/** Link types by their reference names, from the side of the item that has the link. */
const kinds: Readonly<Record<string, LinkKind>> = {
  'System.LinkTypes.Dependency-Forward': 'blocks',
  'System.LinkTypes.Dependency-Reverse': 'blocked-by',
  'System.LinkTypes.Duplicate-Reverse': 'duplicates',
  'System.LinkTypes.Duplicate-Forward': 'relates',
  'System.LinkTypes.Related': 'relates',
  'Microsoft.VSTS.Common.Affects-Forward': 'relates',
  'Microsoft.VSTS.Common.Affects-Reverse': 'relates',
};

export function linkKindOf(rel: string): LinkKind | null {
  return Object.hasOwn(kinds, rel) ? kinds[rel]! : null;
}

export function linksOf(raw: unknown): readonly ItemLink[] {
  const links = relationsOf(raw).flatMap(({ rel, id }): ItemLink[] => {
    const kind = linkKindOf(rel);
    return kind === null ? [] : [{ kind, key: keyOf(id) }];
  });
  return [...new Map(links.map((link) => [`${link.kind}:${link.key}`, link])).values()];
}

/** The parent by the relation, which every version has; `System.Parent` came later. */
export function parentOf(raw: unknown): number | null {
  return relationsOf(raw).find(({ rel }) => rel === 'System.LinkTypes.Hierarchy-Reverse')?.id ?? null;
}

export function childrenOf(raw: unknown): readonly number[] {
  return relationsOf(raw)
    .filter(({ rel }) => rel === 'System.LinkTypes.Hierarchy-Forward')
    .map(({ id }) => id);
}

function relationsOf(raw: unknown): readonly { readonly rel: string; readonly id: number }[] {
  const relations = ownValue(raw, 'relations');
  return (Array.isArray(relations) ? relations : []).flatMap((relation: unknown) => {
    const rel = textOf(relation, 'rel');
    const id = /\/workitems\/(\d+)$/i.exec(textOf(relation, 'url') ?? '')?.[1];
    return rel === null || id === undefined ? [] : [{ rel, id: Number(id) }];
  });
}
