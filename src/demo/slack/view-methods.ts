import type { Call, Method } from './call.ts';
import { Refusal, jsonArgument, required, textArgument } from './call.ts';
import { isObject } from './shape.ts';
import { validateBlocks } from './validate-blocks.ts';
import type { SlackView } from './workspace.ts';

const longestTitle = 24;
const longestMetadata = 3000;
const longestCallback = 255;
/** Bytes of one view, blocks and all. */
const largest = 250_000;
/** A modal may stand on two others. */
const deepest = 3;

function readView(call: Call, surface: 'modal' | 'home'): Record<string, unknown> {
  const view = jsonArgument(call, 'view', 'invalid_arguments');
  if (!isObject(view) || view['type'] !== surface) throw new Refusal('invalid_arguments');
  if (Buffer.byteLength(JSON.stringify(view)) > largest) throw new Refusal('view_too_large');
  const errors = [...validateBlocks(view['blocks'], surface), ...validateFrame(view, surface)];
  if (errors.length > 0) throw new Refusal('invalid_arguments', { errors });
  return view;
}

/** What Slack refuses of a view beside its blocks. */
function validateFrame(view: Record<string, unknown>, surface: 'modal' | 'home'): readonly object[] {
  const errors: object[] = [];
  const tooLong = (name: string, longest: number, isRequired: boolean) => {
    const value = view[name];
    const text = isObject(value) ? value['text'] : value;
    if (value === undefined && !isRequired) return;
    if (typeof text !== 'string' || text === '' || Array.from(text).length > longest)
      errors.push({ pointer: `/view/${name}`, message: `must be 1 to ${longest} characters` });
  };
  if (surface === 'modal') {
    const blocks = Array.isArray(view['blocks']) ? (view['blocks'] as unknown[]) : [];
    const hasInput = blocks.some((block) => isObject(block) && block['type'] === 'input');
    tooLong('title', longestTitle, true);
    tooLong('close', longestTitle, false);
    tooLong('submit', longestTitle, hasInput);
  }
  tooLong('callback_id', longestCallback, false);
  const metadata = view['private_metadata'];
  if (metadata !== undefined && (typeof metadata !== 'string' || metadata.length > longestMetadata))
    errors.push({ pointer: '/view/private_metadata', message: `must be at most ${longestMetadata} characters` });
  return errors;
}

function answered(view: SlackView, { workspace: { team, bot } }: Call): Record<string, unknown> {
  return { view: { ...view.content, id: view.id, hash: view.hash, team_id: team.id, app_id: bot.appId } };
}

const openView: Method = (call) => {
  const content = readView(call, 'modal');
  const trigger = required(call, 'trigger_id');
  if (!call.triggers.isTriggerGood(trigger, call.now)) throw new Refusal('expired_trigger_id');
  const user = call.triggers.takeTrigger(trigger);
  if (user === null) throw new Refusal('exchanged_trigger_id');
  if (call.workspace.viewsOf(user).length >= deepest) throw new Refusal('push_limit_reached');
  return answered(call.workspace.openView(user, content, call.now), call);
};

const updateView: Method = (call) => {
  const content = readView(call, 'modal');
  const view = call.workspace.findView(required(call, 'view_id'));
  if (!view) throw new Refusal('not_found');
  const hash = textArgument(call, 'hash');
  if (hash !== null && hash !== view.hash) throw new Refusal('hash_conflict');
  return answered(call.workspace.changeView(view, content, call.now), call);
};

const publishView: Method = (call) => {
  const content = readView(call, 'home');
  const user = required(call, 'user_id');
  if (!call.workspace.users.has(user)) throw new Refusal('user_not_found');
  const hash = textArgument(call, 'hash');
  const shown = call.workspace.homeOf(user);
  if (hash !== null && shown !== null && hash !== shown.hash) throw new Refusal('hash_conflict');
  return answered(call.workspace.publishHome(user, content, call.now), call);
};

export const viewMethods: Readonly<Record<string, { readonly scope: string | null; readonly run: Method }>> = {
  'views.open': { scope: null, run: openView },
  'views.update': { scope: null, run: updateView },
  'views.publish': { scope: null, run: publishView },
};
