import { Kind, visit } from 'graphql';
import type { DocumentNode, FieldNode } from 'graphql';

/** What Linear bills for a query, as it documents it: 0.1 a property, 1 an object, and a connection once for each element asked for. */
export function complexityOf(document: DocumentNode, variables: Readonly<Record<string, unknown>>): number {
  const fragments = new Map<string, FieldNode['selectionSet']>();
  visit(document, { FragmentDefinition: (node) => void fragments.set(node.name.value, node.selectionSet) });
  const costOf = (set: FieldNode['selectionSet']): number =>
    (set?.selections ?? []).reduce((sum, selection) => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) return sum + costOf(fragments.get(selection.name.value));
      if (selection.kind === Kind.INLINE_FRAGMENT) return sum + costOf(selection.selectionSet);
      if (!selection.selectionSet) return sum + 0.1;
      const isConnection = selection.selectionSet.selections.some(
        (one) => one.kind === Kind.FIELD && one.name.value === 'nodes',
      );
      const own = costOf(selection.selectionSet);
      if (selection.name.value === 'nodes') return sum + own + 1;
      return sum + (isConnection ? own * firstOf(selection, variables) : own + 1);
    }, 0);
  let cost = 0;
  visit(document, { OperationDefinition: (node) => void (cost += costOf(node.selectionSet)) });
  return Math.ceil(cost);
}

function firstOf(field: FieldNode, variables: Readonly<Record<string, unknown>>): number {
  const value = field.arguments?.find(({ name }) => name.value === 'first')?.value;
  if (value?.kind === Kind.INT) return Number(value.value);
  return value?.kind === Kind.VARIABLE ? Number(variables[value.name.value] ?? 50) : 50;
}
