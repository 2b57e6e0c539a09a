import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { inOrder } from '../../../src/sources/events/in-order.ts';
import { eventsSettings } from '../../../src/sources/events/settings.ts';
import { deliveryIdOf, isGenuine, signatureOf, standardSignatureOf } from '../../../src/sources/events/verify.ts';

const now = Date.parse('2026-11-24T08:30:00Z');
const secret = 'a-secret-of-the-pipeline';
const body = '{"ref":"main", "x": 1}';
const settings = (from: string, own = secret) => eventsSettings.parse({ from, secret: own, hints: 'jira' });

/** A request in the way of Standard Webhooks, signed `ago` seconds ago. */
function standard(ago: number, key = secret, signed = body): Record<string, string> {
  const id = 'msg_1';
  const timestamp = String(now / 1000 - ago);
  const signature = standardSignatureOf(key, { id, timestamp, body: signed });
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
}

describe('a request', () => {
  const sha1 = `sha1=${createHmac('sha1', secret).update(body).digest('hex')}`;
  it.each<[string, string, Record<string, string>, boolean]>([
    ['GitHub signs the body', 'github', { 'x-hub-signature-256': signatureOf(secret, body) }, true],
    ['another body was signed', 'github', { 'x-hub-signature-256': signatureOf(secret, `${body} `) }, false],
    ['another secret signed it', 'github', { 'x-hub-signature-256': signatureOf('another-secret-of-it', body) }, false],
    ['sha1 is no signature any more', 'github', { 'x-hub-signature-256': sha1, 'x-hub-signature': sha1 }, false],
    ['a token is no signature', 'github', { authorization: `Bearer ${secret}`, 'x-gitlab-token': secret }, false],
    ['nothing is signed', 'github', {}, false],
    ['Jira signs the body', 'jira', { 'x-hub-signature': signatureOf(secret, body) }, true],
    ['Jira does not sign with sha1', 'jira', { 'x-hub-signature': sha1 }, false],
    ['another body was signed', 'jira', { 'x-hub-signature': signatureOf(secret, '{}') }, false],
    ['GitLab sends a token', 'gitlab', { 'x-gitlab-token': secret }, true],
    ['the token is wrong', 'gitlab', { 'x-gitlab-token': `${secret}x` }, false],
    ['GitLab signs body and time', 'gitlab', standard(0), true],
    ['its clock is a little ahead', 'gitlab', standard(-200), true],
    ['it was signed long ago', 'gitlab', standard(301), false],
    ['it will be signed one day', 'gitlab', standard(-301), false],
    ['another body was signed', 'gitlab', standard(0, secret, '{}'), false],
    ['another secret signed it', 'gitlab', standard(0, 'another-secret-of-it'), false],
    ['its time is none', 'gitlab', { ...standard(0), 'webhook-timestamp': 'soon' }, false],
    ['its time was changed', 'gitlab', { ...standard(301), 'webhook-timestamp': String(now / 1000) }, false],
    ['its name was changed', 'gitlab', { ...standard(0), 'webhook-id': 'msg_2' }, false],
    [
      'two keys sign',
      'gitlab',
      { ...standard(0), 'webhook-signature': `v1,b2xk v2,x ${standard(0)['webhook-signature']!}` },
      true,
    ],
    ['any pipeline may do so too', 'generic', standard(0), true],
    ['or send the secret', 'generic', { authorization: `Bearer ${secret}` }, true],
  ])('%s (%s)', (_, from, headers, expected) => {
    expect(isGenuine(settings(from), { headers, body }, now)).toBe(expected);
  });

  it('may be signed with a key in base64, as GitLab makes them', () => {
    const key = `whsec_${Buffer.from('0123456789abcdef01234567').toString('base64')}`;
    expect(isGenuine(settings('gitlab', key), { headers: standard(0, key), body }, now)).toBe(true);
    const plain = createHmac('sha256', '0123456789abcdef01234567')
      .update(`msg_1.${now / 1000}.${body}`)
      .digest('base64');
    expect(standard(0, key)['webhook-signature']).toBe(`v1,${plain}`);
  });

  it.each([
    [{ 'x-github-delivery': 'g' }, 'g'],
    [{ 'webhook-id': 'w', 'x-gitlab-event-uuid': 'u' }, 'w'],
    [{ 'x-atlassian-webhook-identifier': 'j' }, 'j'],
    [{}, null],
  ])('has the name of %j', (headers, expected) => {
    expect(deliveryIdOf(headers)).toBe(expected);
  });
});

describe('events about one deployment', () => {
  const end = (result: string, at: string) => ({ type: 'deployment.finished', id: 'd', result, finishedAt: at });
  const first = end('failure', '2026-11-24T08:00:00Z');
  const second = end('success', '2026-11-24T09:30:00+01:00');

  it('are in order of their times, whichever came first', () => {
    expect(inOrder([second, first])).toEqual([first, second]);
    expect(inOrder([first, second])).toEqual([first, second]);
  });

  it('leave others where they are', () => {
    const incident = { type: 'incident.opened', id: 'd', openedAt: '2026-11-24T08:10:00Z' };
    const bad = { type: 'deployment.finished', finishedAt: 'soon' };
    expect(inOrder([second, incident, bad, first])).toEqual([first, incident, bad, second]);
  });

  it('of CDEvents have theirs in their context', () => {
    const at = (timestamp: string) => ({
      specversion: '1.0',
      data: { context: { type: 'dev.cdevents.service.deployed.0.2.0', timestamp } },
    });
    expect(inOrder([at('2026-11-24T09:00:00Z'), at('2026-11-24T08:00:00Z')])).toEqual([
      at('2026-11-24T08:00:00Z'),
      at('2026-11-24T09:00:00Z'),
    ]);
  });
});

describe('settings of events', () => {
  it('of Jira need the source that is asked', () => {
    const parsed = eventsSettings.safeParse({ from: 'jira', secret });
    expect(parsed.error?.issues).toMatchObject([
      { path: ['hints'], message: expect.stringMatching(/name of the Jira source/) },
    ]);
  });
});
