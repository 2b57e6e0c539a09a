import { LinearDocument } from '@linear/sdk';
import { isObjectType, parse, validate } from 'graphql';
import type { GraphQLObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import * as documents from '../../../src/sources/linear/documents.ts';
import { complexityOf } from './complexity.ts';
import { schema } from './schema.ts';

const own = Object.entries(documents).filter((entry): entry is [string, string] => typeof entry[1] === 'string');

describe('what is asked of Linear', () => {
  it.each(own)('%s is a question that the schema knows, for less than a query may cost', (_, text) => {
    const document = parse(text);
    expect(validate(schema, document)).toEqual([]);
    expect(complexityOf(document, { first: documents.issuesPerPage })).toBeLessThan(9_000);
  });

  // A schema of our own would let a field through that Linear does not have: the SDK is made from the real one.
  it.each([
    'Issue',
    'IssueHistory',
    'IssueLabel',
    'IssueRelation',
    'Cycle',
    'Project',
    'ProjectMilestone',
    'Team',
    'WorkflowState',
  ])('knows no field of %s but those of the SDK', (name) => {
    const type = schema.getType(name);
    expect(isObjectType(type)).toBe(true);
    const fragment = String((LinearDocument as Readonly<Record<string, unknown>>)[`${name}FragmentDoc`]);
    const words = new Set(fragment.match(/\w+/g));
    // Connections have documents of their own.
    const fields = Object.entries((type as GraphQLObjectType).getFields()).filter(
      ([, field]) => !String(field.type).includes('Connection'),
    );
    expect(fields.map(([field]) => field).filter((field) => !words.has(field))).toEqual([]);
  });
});
