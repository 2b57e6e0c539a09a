import type { Check } from './shape.ts';
import { countCharacters, isObject } from './shape.ts';

/** A choice that is made beforehand has to be one of those that are offered, to the letter. */
export function offered(inner: Check): Check {
  return (value, at, fail) => {
    inner(value, at, fail);
    if (!isObject(value) || !Array.isArray(value['options']) || value['initial_option'] === undefined) return;
    const initial = JSON.stringify(value['initial_option']);
    if (value['options'].some((one) => JSON.stringify(one) === initial)) return;
    fail({ pointer: `${at}/initial_option`, code: 'not_in_options', message: 'must be one of the options' });
  };
}

/** A text field whose shortest is longer than its longest, or that starts with more than it takes, cannot be sent. */
export function sendable(inner: Check): Check {
  return (value, at, fail) => {
    inner(value, at, fail);
    if (!isObject(value)) return;
    const { min_length: least = 0, max_length: most = 3000, initial_value: text = '' } = value;
    if (Number(least) > Number(most))
      fail({ pointer: `${at}/min_length`, code: 'invalid_range', message: 'must not be more than max_length' });
    if (typeof text === 'string' && countCharacters(text) > Number(most))
      fail({ pointer: `${at}/initial_value`, code: 'too_long', message: 'must not be longer than max_length' });
  };
}
