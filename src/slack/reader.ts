/** How a person is to be spoken to. */
export interface Reader {
  readonly locale: string;
  /** The zone that they chose here; null leaves it to the channel. */
  readonly zone: string | null;
}

/** What people chose for themselves, which wins over their settings in Slack. */
export type Preferences = (user: string) => Promise<{ readonly locale: string | null; readonly zone: string | null }>;

export const noPreferences: Preferences = () => Promise.resolve({ locale: null, zone: null });

/** Their own choice, else the language of their Slack. */
export function createReaderOf(
  slackLocale: (user: string) => Promise<string>,
  preferences: Preferences,
): (user: string) => Promise<Reader> {
  return async (user) => {
    const { locale, zone } = await preferences(user);
    return { locale: locale ?? (await slackLocale(user)), zone };
  };
}
