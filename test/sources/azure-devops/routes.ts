import { answerCode } from './code-routes.ts';
import { listed, plain, refusal } from './given.ts';
import type { Asked, Given } from './given.ts';
import type { Raw } from './raw.ts';
import type { Item, Project, World } from './world.ts';
import { runWiql } from './wiql.ts';

/** What an organization answers to one path below its address. */
export function answer(path: readonly string[], asked: Asked): Given {
  const [first, second, ...rest] = path;
  if (first === '_apis' && second === 'projects') {
    const project = projectNamed(asked.world, rest[0] ?? '');
    return project ? plain(200, { id: project.id, name: project.name, state: 'wellFormed' }) : noProject(rest[0]);
  }
  if (first === '_apis' && second === 'wit' && rest[0] === 'workItemsBatch') return batch(asked);
  const project = projectNamed(asked.world, first ?? '');
  if (!project) return noProject(first);
  if (second !== '_apis') return refusal(404, 'TF400898: no such address');
  const [area, resource, ...more] = rest;
  const told = project.code ? answerCode(project.code, rest, asked) : null;
  if (told) return told;
  if (area === 'work') {
    return project.backlogs ? plain(200, project.backlogs) : refusal(404, 'VS403276: The project has no team');
  }
  switch (resource ?? '') {
    case 'workItemTypes':
      return listed(project.types);
    case 'workItemTypeCategories':
      return listed(project.categories);
    case 'classificationNodes':
      return node(project, more);
    case 'wiql':
      return wiql(asked);
    case 'reporting':
      return more[0] === 'workItemLinks' ? links(asked) : revisions(project, asked);
    case 'workItems':
      return updates(Number(more[0]), asked);
    default:
      return refusal(404, `TF400898: no resource ${resource}`);
  }
}

const noProject = (name: string | undefined) =>
  refusal(404, `TF200016: The following project does not exist: ${name}.`, 'ProjectDoesNotExistWithNameException');

function projectNamed(world: World, name: string): Project | undefined {
  return world.projects.find((one) => one.id === name || one.name.toLowerCase() === name.toLowerCase());
}

function node(project: Project, [group, path]: readonly string[]): Given {
  if (group === 'Iterations') return plain(200, project.iterations);
  if (group !== 'Areas') return refusal(400, 'VS402371: the structure group is missing');
  return project.areas.some((area) => area.toLowerCase() === path?.toLowerCase())
    ? plain(200, { id: 77, name: path, structureType: 'area' })
    : refusal(404, `VS402485: The area/iteration name is not recognized: ${path}`);
}

function wiql({ world, query, body, base }: Asked): Given {
  const found = runWiql(world, String(body['query']));
  if (typeof found === 'string') return { ...refusal(400, found), violation: found };
  const top = Number(query.get('$top') ?? 20_000);
  if (found.length > 20_000 && top > 20_000) return refusal(400, 'VS402337: more than 20000 work items');
  const workItems = found.slice(0, top).map(({ id }) => ({ id, url: `${base}/_apis/wit/workItems/${id}` }));
  return plain(200, { queryType: 'flat', queryResultType: 'workItem', asOf: new Date().toISOString(), workItems });
}

function batch({ world, body }: Asked): Given {
  const ids = body['ids'] as number[];
  const fields = body['fields'] as string[] | undefined;
  if (ids.length > 200) return { ...refusal(400, 'VS402337: more than 200 ids'), violation: 'a batch above 200' };
  if (fields && body['$expand'])
    return {
      ...refusal(400, 'The expand parameter can not be used with the fields parameter.'),
      violation: 'expand with fields',
    };
  const value = ids.map((id) => {
    const item = world.items.find((one) => one.id === id && !one.isDeleted);
    if (!item) return null;
    const { rev, fields: all } = item.revisions.at(-1)!;
    const chosen = fields ? Object.fromEntries(Object.entries(all).filter(([name]) => fields.includes(name))) : all;
    return { id, rev, fields: chosen, ...(fields || item.relations.length === 0 ? {} : { relations: item.relations }) };
  });
  return listed(value);
}

/** A token is a place in the log: where nothing is left, the same comes back. */
function portion<T>(log: readonly T[], { query, batchSize, base }: Asked) {
  const token = query.get('continuationToken');
  const from = token === null ? 0 : Number(token.split(';')[0]);
  if (Number.isNaN(from) || from > log.length) return null;
  const values = log.slice(from, from + batchSize);
  const next = `${from + values.length};x`;
  return {
    values,
    nextLink: `${base}/next?continuationToken=${encodeURIComponent(next)}`,
    continuationToken: next,
    isLastBatch: from + values.length >= log.length,
  };
}

const badToken = () => refusal(400, 'VS402625: The continuation token is not valid.');
const customFields = ['Custom.Release'];

function revisions(project: Project, asked: Asked): Given {
  const { world, query } = asked;
  const fields = (query.get('fields') ?? '').split(',');
  const unknown = fields.find((name) => name.startsWith('Custom.') && !customFields.includes(name));
  if (unknown) return refusal(400, `TF51535: Cannot find field ${unknown}.`, 'InvalidFieldNameException');
  const own = world.revisionLog.filter(({ revision }) => revision.fields['System.TeamProject'] === project.name);
  const withDeleted = query.get('includeDeleted') === 'true';
  const asIdentity = query.get('includeIdentityRef') === 'true';
  const told = withDeleted ? own : own.filter(({ item }) => !item.isDeleted);
  const given = portion(told, asked);
  if (!given) return badToken();
  const values = given.values.map(({ item, revision }) => ({
    id: item.id,
    rev: revision.rev,
    fields: Object.fromEntries(
      Object.entries(revision.fields)
        .filter(([name]) => fields.includes(name))
        .map(([name, value]) => [name, asIdentity ? value : flat(value)]),
    ),
  }));
  return plain(200, { ...given, values });
}

function flat(value: unknown): unknown {
  const identity = value as Raw | null;
  return typeof value === 'object' && identity
    ? `${String(identity['displayName'])} <${String(identity['uniqueName'])}>`
    : value;
}

function links(asked: Asked): Given {
  const given = portion(asked.world.linkLog, asked);
  return given ? plain(200, given) : badToken();
}

function updates(id: number, { world, query }: Asked): Given {
  const item = world.items.find((one) => one.id === id && !one.isDeleted);
  if (!item)
    return refusal(404, `TF401232: Work item ${id} does not exist, or you do not have permissions to read it.`);
  const all = item.revisions.map(({ rev, fields }, index) => ({
    id: rev,
    rev,
    workItemId: id,
    revisedBy: fields['System.ChangedBy'],
    revisedDate: '9999-01-01T00:00:00Z',
    fields: delta(item, index),
  }));
  const skip = Number(query.get('$skip') ?? 0);
  return listed(all.slice(skip, skip + Number(query.get('$top') ?? 200)));
}

function delta(item: Item, index: number): Raw {
  const after = item.revisions[index]!.fields;
  const before = item.revisions[index - 1]?.fields ?? {};
  return Object.fromEntries(
    [...new Set([...Object.keys(before), ...Object.keys(after)])]
      .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
      .map((name) => [name, { oldValue: before[name], newValue: after[name] }]),
  );
}
