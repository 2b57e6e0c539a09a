import { countCharacters, isObject } from './shape.ts';

/** What Slack says under a field, by the id of its block. */
export type FieldErrors = Readonly<Record<string, string>>;

type Fields = Readonly<Record<string, unknown>>;

const english = {
  lacking: 'Please complete this required field.',
  short: (least: number) => `Please enter at least ${least} characters.`,
  long: (most: number) => `Please enter at most ${most} characters.`,
};
const french = {
  lacking: 'Veuillez remplir ce champ.',
  short: (least: number) => `Saisissez au moins ${least} caractères.`,
  long: (most: number) => `Saisissez au plus ${most} caractères.`,
};

/** What Slack itself refuses of a form, before the app hears of it: required fields, and lengths that a field sets. */
export function lackingIn(content: Fields, state: Readonly<Record<string, Fields>>, locale: string): FieldErrors {
  const say = locale.startsWith('fr') ? french : english;
  const errors: Record<string, string> = {};
  for (const block of inputsOf(content)) {
    const id = String(block['block_id']);
    const [entered] = Object.values(state[id] ?? {}).filter(isObject);
    const value = enteredIn(entered ?? {});
    const element = isObject(block['element']) ? block['element'] : {};
    if (value === '') {
      if (block['optional'] !== true) errors[id] = say.lacking;
    } else if (element['type'] === 'plain_text_input') {
      const least = Number(element['min_length'] ?? 0);
      const most = Number(element['max_length'] ?? 3000);
      const length = countCharacters(value);
      if (length < least) errors[id] = say.short(least);
      if (length > most) errors[id] = say.long(most);
    }
  }
  return errors;
}

/** Errors that an app gives for fields that are not there: Slack shows "We had some trouble connecting" instead. */
export function misplacedErrors(content: Fields, errors: FieldErrors): readonly string[] {
  const known = new Set(inputsOf(content).map((block) => String(block['block_id'])));
  return Object.keys(errors).filter((id) => !known.has(id));
}

function inputsOf(content: Fields): readonly Fields[] {
  const blocks = Array.isArray(content['blocks']) ? (content['blocks'] as unknown[]) : [];
  return blocks.filter(isObject).filter((block) => block['type'] === 'input');
}

function enteredIn(state: Fields): string {
  const { type: _, ...values } = state;
  const [value] = Object.values(values).filter((one) => one !== null && one !== undefined);
  if (Array.isArray(value)) return value.join(',');
  return isObject(value) ? String(value['value']) : typeof value === 'string' ? value : '';
}
