import type { CommandName } from '../../slack/parse-command.ts';
import type { Answer } from './answer.ts';
import { answerSnooze, answerWhy } from './alerts.ts';
import { answerCapacity } from './capacity.ts';
import { answerDecisions } from './decisions.ts';
import { answerDigest, answerPortfolio } from './digests.ts';
import { answerExplain } from './explain.ts';
import { answerForecast } from './forecast.ts';
import { answerMinutes } from './minutes.ts';
import { answerFromSheet } from './of-project.ts';
import { answerSubscribe, answerUnsubscribe } from './subscriptions.ts';

/** What answers each command: one line a command. */
export const answers: Readonly<Record<Exclude<CommandName, 'help'>, Answer>> = {
  status: answerFromSheet('status'),
  milestones: answerFromSheet('milestones'),
  risks: answerFromSheet('risks'),
  sprint: answerFromSheet('sprint'),
  capacity: answerCapacity,
  dora: answerFromSheet('delivery'),
  forecast: answerForecast,
  explain: answerExplain,
  digest: answerDigest,
  portfolio: answerPortfolio,
  budget: answerFromSheet('budget'),
  why: answerWhy,
  snooze: answerSnooze,
  decisions: answerDecisions,
  minutes: answerMinutes,
  subscribe: answerSubscribe,
  unsubscribe: answerUnsubscribe,
};
