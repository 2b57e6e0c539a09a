import { readFileSync } from 'node:fs';
import addFormats from 'ajv-formats';
import { OpenAPIBackend } from 'openapi-backend';
import type { Document } from 'openapi-backend';

type Schema = { [key: string]: unknown };

/** Where the published specification is known to be wrong about what Jira answers. */
function overlay(
  schemas: Record<string, { properties: Record<string, Schema>; additionalProperties?: unknown }>,
): void {
  const loosen = (name: string) => {
    if (schemas[name]) schemas[name].additionalProperties = true;
  };
  const nullable = (name: string, ...properties: string[]) => {
    for (const property of properties) {
      const schema = schemas[name]?.properties[property];
      if (schema) schemas[name]!.properties[property] = { ...schema, nullable: true };
    }
  };
  loosen('ChangeDetails');
  loosen('ServerInformation');
  nullable('ChangeDetails', 'from', 'fromString', 'to', 'toString');
  nullable('BulkChangelogResponseBean', 'nextPageToken');
  if (schemas['Changelog'])
    schemas['Changelog'].properties['created'] = { oneOf: [{ type: 'integer' }, { type: 'string' }] };
}

const sprintSchema = {
  type: 'object',
  required: ['id', 'self', 'state', 'name', 'originBoardId'],
  additionalProperties: false,
  properties: {
    id: { type: 'integer' },
    self: { type: 'string', format: 'uri' },
    state: { enum: ['future', 'active', 'closed'] },
    name: { type: 'string' },
    goal: { type: 'string' },
    startDate: { type: 'string', format: 'date-time' },
    endDate: { type: 'string', format: 'date-time' },
    completeDate: { type: 'string', format: 'date-time' },
    originBoardId: { type: 'integer' },
  },
};
const sprintPage = {
  type: 'object',
  required: ['values', 'isLast', 'startAt', 'maxResults'],
  properties: { values: { type: 'array', items: sprintSchema }, isLast: { type: 'boolean' } },
};

interface Operation {
  responses: Record<string, { content?: Record<string, { schema?: Schema }> }>;
}

/** The published contract, cut down to the paths under test (the whole takes long to compile) and mended. */
export async function openContract(file: URL, paths: readonly string[]): Promise<OpenAPIBackend> {
  const whole = JSON.parse(readFileSync(file, 'utf8')) as {
    paths: Record<string, Record<string, Operation>>;
    components: { schemas: Parameters<typeof overlay>[0] };
  };
  const missing = paths.filter((path) => !whole.paths[path]);
  if (missing.length > 0) throw new Error(`the contract has no ${missing.join(', ')}`);
  const cut = { ...whole, paths: Object.fromEntries(paths.map((path) => [path, whole.paths[path]!])) };
  overlay(cut.components.schemas);
  const setSchema = (path: string, schema: Schema) => {
    const content = cut.paths[path]?.['get']?.responses['200']?.content?.['application/json'];
    if (content) content.schema = schema;
  };
  setSchema('/rest/agile/1.0/board/{boardId}/sprint', sprintPage);
  setSchema('/rest/agile/1.0/sprint/{sprintId}', sprintSchema);
  // The example beside the schema of a board's configuration has a location that the schema forbids.
  const board =
    cut.paths['/rest/agile/1.0/board/{boardId}/configuration']?.['get']?.responses['200']?.content?.['application/json']
      ?.schema;
  const location = (board?.['properties'] as Record<string, Schema> | undefined)?.['location'];
  if (location) location['additionalProperties'] = true;
  const backend = new OpenAPIBackend({
    definition: cut as unknown as Document,
    quick: true,
    ajvOpts: { strict: false },
    customizeAjv: (ajv) => {
      addFormats.default(ajv);
      return ajv;
    },
  });
  await backend.init();
  return backend;
}
