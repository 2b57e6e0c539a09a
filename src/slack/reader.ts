/** How a person is to be spoken to. */
export interface Reader {
  readonly locale: string;
  /** The zone that they chose here; null leaves it to the channel. */
  readonly zone: string | null;
}

/** What people chose for themselves, which wins over their settings in Slack. */
export type Preferences = (user: string) => Promise<{ readonly locale: string | null; readonly zone: string | null }>;

export const noPreferences: Preferences = () => Promise.resolve({ locale: null, zone: null });

/** The language of what they have before them, where that is known; else their own choice, else that of their Slack. */
export function createReaderOf(
  slackLocale: (user: string) => Promise<string>,
  preferences: Preferences,
): (user: string, shown?: string | null) => Promise<Reader> {
  return async (user, shown = null) => {
    const { locale, zone } = await preferences(user);
    return { locale: shown ?? locale ?? (await slackLocale(user)), zone };
  };
}
